/**
 * What machines do to a store: the power goes, a call fails, the process is killed. Each test lets
 * a process of its own append and deliver, brings the fault about, and holds what is found
 * afterwards against what was acknowledged before. The faults that Java cannot make are small C
 * programs in {@code src/test/resources/faults}.
 */
package dev.edgehub.faults;
