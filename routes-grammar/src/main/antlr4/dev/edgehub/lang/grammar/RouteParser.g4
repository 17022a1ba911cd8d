// The route language. Operators of one level are a flat list here, so that the depth of a parse
// tree depends on brackets and prefix operators alone, which are counted before the parser runs.
parser grammar RouteParser;

options { tokenVocab = RouteLexer; }

route : ( SELECT STAR )? FROM source ( WHERE condition )? INTO sink EOF ;

// What of a route can be read on its own when another part of it is wrong. Each ends in the token
// that follows it in a route, so that it expects what a route would expect there.
head : ( SELECT STAR )? FROM source ( WHERE | INTO ) ;

where : WHERE condition INTO ;

into : INTO sink EOF ;

piece : equality ( AND | OR | COALESCE | INTO ) ;

innerPiece : equality ( AND | OR | COALESCE | RPAREN ) ;

source : ( SLASH segment )+ ;

segment : STAR | ID ;

sink : SYS | ID LPAREN STRING RPAREN ;

condition : expression ;

expression : disjunction ( COALESCE disjunction )* ;

disjunction : conjunction ( OR conjunction )* ;

conjunction : equality ( AND equality )* ;

equality : relation ( ( EQ | NE ) relation )* ;

relation : sum ( ( LT | LE | GT | GE ) sum )* ;

sum : product ( ( PLUS | MINUS | JOIN ) product )* ;

product : prefix ( ( STAR | SLASH | PERCENT ) prefix )* ;

prefix : ( MINUS | NOT ) prefix | primary ;

primary
    : literal
    | ID arguments?
    | SYS
    | LBRACE SYS RBRACE
    | LPAREN expression RPAREN
    ;

arguments : LPAREN ( expression ( COMMA expression )* )? RPAREN ;

literal : TRUE | FALSE | NULL | UNDEFINED | STRING | INTEGER | HEX | REAL | BARE_EXPONENT ;
