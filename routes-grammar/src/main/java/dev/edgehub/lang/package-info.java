/**
 * The route language: {@link dev.edgehub.lang.RouteCompiler} turns route text into a {@link
 * dev.edgehub.lang.CompiledRoute} or into every issue found in it. Issues are values; wrong text
 * never throws.
 *
 * <p>Compiling is four stages in a row, each with one class at its head. {@code SyntaxParser} reads
 * tokens and runs the generated parser; where a route is wrong, {@code Recovery} reads the parts
 * that stand for themselves, so that no mistake hides another. {@code TreeBuilder} turns the parse
 * tree into a {@code RouteTree}, reading what the grammar leaves as text: numbers, escapes, body
 * paths, the sink. {@code Checker} gives every expression its static type. {@code Planner} turns
 * the checked condition into nodes of {@link dev.edgehub.lang.eval}. A stage runs only when the one
 * before it found nothing that would make its own findings untrue.
 *
 * <p>Route text comes from outside and may be hostile. The parser recurses, so length, tokens and
 * nesting are measured on the token list before it starts. Nesting is all that recursion depends
 * on: a chain of operators of one level is a flat list in the parse tree, in the route tree and in
 * the plan, and is walked by a loop in each. Text that is quoted back is escaped.
 *
 * <p>Nothing here has a thread of its own or shared mutable state, apart from the prediction caches
 * of the generated classes, which guard themselves.
 */
@NullMarked
package dev.edgehub.lang;

import org.jspecify.annotations.NullMarked;
