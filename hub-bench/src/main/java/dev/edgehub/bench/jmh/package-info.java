/** Benchmarks of single parts, run by JMH. */
package dev.edgehub.bench.jmh;
