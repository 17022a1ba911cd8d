/**
 * The route language: {@link dev.edgehub.lang.RouteCompiler} turns route text into a {@link
 * dev.edgehub.lang.CompiledRoute} or into every issue found in it. Issues are values; wrong text
 * never throws.
 */
@NullMarked
package dev.edgehub.lang;

import org.jspecify.annotations.NullMarked;
