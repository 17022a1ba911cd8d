package dev.edgehub.lang.reference;

/** The static types of the language, and what a wrong condition has instead. */
enum Type {
  BOOL,
  NUMBER,
  STRING,
  NULL,
  UNDEFINED,
  DYNAMIC,
  ERROR
}
