// Tokens of the route language. Longest match wins; of equals, the rule that stands first.
//
// A path is not lexed as a condition is: in it "/*" is a wildcard and never opens a comment, and
// words or numbers are plain names. Hence four modes in the order of a route: the head up to FROM,
// the path (three modes: where an item may start after space, where it starts at once, and behind
// an item), and the condition with all that follows it.
lexer grammar RouteLexer;

SELECT options { caseInsensitive = true; } : 'select' ;
FROM options { caseInsensitive = true; } : 'from' -> mode(PATH_START) ;
HEAD_STAR : '*' -> type(STAR) ;
HEAD_WORD : NAME_CHAR+ -> type(ID) ;
HEAD_SPACE : SPACE_CHAR+ -> skip ;
HEAD_COMMENT : CLOSED_COMMENT -> skip ;
HEAD_OPEN_COMMENT : UNCLOSED_COMMENT -> type(OPEN_COMMENT) ;
HEAD_OTHER : . -> type(UNKNOWN) ;

mode PATH_START;

START_WHERE options { caseInsensitive = true; } : 'where' -> type(WHERE), mode(CONDITION) ;
START_INTO options { caseInsensitive = true; } : 'into' -> type(INTO), mode(CONDITION) ;
START_SLASH : '/' -> type(SLASH), mode(SEGMENT) ;
START_STAR : '*' -> type(STAR), mode(PATH) ;
START_STRING : CLOSED_STRING -> type(STRING), mode(PATH) ;
START_OPEN_STRING : UNCLOSED_STRING -> type(OPEN_STRING), mode(PATH) ;
START_WORD : NAME_CHAR+ -> type(ID), mode(PATH) ;
START_SPACE : SPACE_CHAR+ -> skip ;
START_OTHER : . -> type(UNKNOWN), mode(PATH) ;

mode SEGMENT;

SEGMENT_SLASH : '/' -> type(SLASH) ;
SEGMENT_STAR : '*' -> type(STAR), mode(PATH) ;
SEGMENT_STRING : CLOSED_STRING -> type(STRING), mode(PATH) ;
SEGMENT_OPEN_STRING : UNCLOSED_STRING -> type(OPEN_STRING), mode(PATH) ;
SEGMENT_NAME : NAME_CHAR+ -> type(ID), mode(PATH) ;
SEGMENT_SPACE : SPACE_CHAR+ -> skip, mode(PATH_START) ;
SEGMENT_OTHER : . -> type(UNKNOWN), mode(PATH) ;

mode PATH;

PATH_WHERE options { caseInsensitive = true; } : 'where' -> type(WHERE), mode(CONDITION) ;
PATH_INTO options { caseInsensitive = true; } : 'into' -> type(INTO), mode(CONDITION) ;
PATH_SLASH : '/' -> type(SLASH), mode(SEGMENT) ;
// Only behind space, and not around a second "/*": that one is the comment, the first a wildcard.
PATH_COMMENT : SPACE_CHAR+ ( FLAT_COMMENT SPACE_CHAR* )+ -> skip ;
PATH_SPACE : SPACE_CHAR+ -> skip ;
PATH_STRING : CLOSED_STRING -> type(STRING) ;
PATH_OPEN_STRING : UNCLOSED_STRING -> type(OPEN_STRING) ;
PATH_WORD : NAME_CHAR+ -> type(ID) ;
PATH_OTHER : . -> type(UNKNOWN) ;

mode CONDITION;

CONDITION_SELECT options { caseInsensitive = true; } : 'select' -> type(SELECT) ;
CONDITION_FROM options { caseInsensitive = true; } : 'from' -> type(FROM) ;
WHERE options { caseInsensitive = true; } : 'where' ;
INTO options { caseInsensitive = true; } : 'into' ;

STRING : CLOSED_STRING ;
OPEN_STRING : UNCLOSED_STRING ;
// Closed, but with a backslash that begins no escape; kept whole so that what follows makes sense.
BAD_STRING : BADLY_ESCAPED ;

INTEGER : '-'? DIGIT+ ;
HEX : '0' [xX] HEX_DIGIT+ ;
REAL : '-'? DIGIT* '.' DIGIT+ EXPONENT? | '-'? DIGIT+ EXPONENT ;
// A number without digits: never a name, and a number that is undefined.
BARE_EXPONENT : '-'? EXPONENT ;

TRUE : 'true' ;
FALSE : 'false' ;
NULL : 'null' ;
UNDEFINED : 'undefined' ;

LPAREN : '(' ;
RPAREN : ')' ;
LBRACE : '{' ;
RBRACE : '}' ;
COMMA : ',' ;
PLUS : '+' ;
MINUS : '-' ;
STAR : '*' ;
SLASH : '/' ;
PERCENT : '%' ;
EQ : '=' ;
NE : '!=' | '<>' ;
LE : '<=' ;
GE : '>=' ;
LT : '<' ;
GT : '>' ;
JOIN : '||' ;
COALESCE : '??' ;
AND options { caseInsensitive = true; } : 'and' ;
OR options { caseInsensitive = true; } : 'or' ;
NOT options { caseInsensitive = true; } : 'not' ;

SYS : '$' SYS_CHAR+ ;
ID : NAME_CHAR+ ;
// A name with brackets: no rule takes it.
BRACKETED : ( NAME_CHAR | [[\]] )+ ;

SPACE : SPACE_CHAR+ -> skip ;
COMMENT : CLOSED_COMMENT -> skip ;
OPEN_COMMENT : UNCLOSED_COMMENT ;
UNKNOWN : . ;

fragment SPACE_CHAR : [ \t\r\n] ;
fragment NAME_CHAR : ~[()<>@,;:\\"/[\]?={} \t\r\n] ;
fragment SYS_CHAR : ~[()<>@,;:\\"/?={} \t\r\n] ;
fragment DIGIT : [0-9] ;
fragment HEX_DIGIT : [0-9a-fA-F] ;
fragment EXPONENT : [eE] [+-]? DIGIT+ ;
fragment ESCAPE : '\\' ( ["'\\] | 'u' HEX_DIGIT HEX_DIGIT HEX_DIGIT HEX_DIGIT ) ;
fragment CLOSED_STRING : '"' ( ~["\\] | ESCAPE )* '"' | '\'' ( ~['\\] | ESCAPE )* '\'' ;
fragment UNCLOSED_STRING : '"' ( ~["\\] | ESCAPE )* | '\'' ( ~['\\] | ESCAPE )* ;
fragment BADLY_ESCAPED : '"' ( ~["\\] | '\\' . )* '"' | '\'' ( ~['\\] | '\\' . )* '\'' ;
fragment CLOSED_COMMENT : '/*' ( ~'*' | '*'+ ~[*/] )* '*'+ '/' ;
fragment UNCLOSED_COMMENT : '/*' ( ~'*' | '*'+ ~[*/] )* '*'* ;
fragment FLAT_COMMENT : '/*' ( ~[*/] | '*'+ ~[*/] | '/'+ ~[*/] )* '*'+ '/' ;
