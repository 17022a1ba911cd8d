/**
 * The run-time half of the language: what a compiled condition may ask of a message, and the small
 * immutable nodes that answer. <em>Undefined</em> is a value here, and nothing in this package
 * throws because of a message's content.
 *
 * <p>A plan is a tree of {@link dev.edgehub.lang.eval.Node}s in four kinds, one for each way an
 * answer can be held: {@link dev.edgehub.lang.eval.BoolNode} gives a {@link
 * dev.edgehub.lang.eval.Truth}, {@link dev.edgehub.lang.eval.NumberNode} a double in which NaN is
 * undefined, {@link dev.edgehub.lang.eval.TextNode} a string or null, and {@link
 * dev.edgehub.lang.eval.DynamicNode} a {@link dev.edgehub.lang.eval.Value}, for what only the body
 * tells. The compiler picks the kind by static type, so an evaluation tests types only where a body
 * value takes part, and makes no object but the strings it builds. The exception is body arithmetic
 * held against something that is not a number, which boxes it.
 *
 * <p>{@link dev.edgehub.lang.eval.NodeFactory} makes nodes for the planner and {@link
 * dev.edgehub.lang.eval.Builtin} those of the functions; the node classes themselves stay inside. A
 * message is asked through {@link dev.edgehub.lang.eval.MessageView} and only for what the outcome
 * still depends on, from left to right. A node asks each of its operands at most once, so that an
 * evaluation takes no more steps than the plan has nodes.
 */
@NullMarked
package dev.edgehub.lang.eval;

import org.jspecify.annotations.NullMarked;
