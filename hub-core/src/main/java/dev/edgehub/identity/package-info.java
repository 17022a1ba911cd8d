/**
 * Who may connect and with which credential: the local registry, its file, and what credentials
 * prove. Secrets stay inside {@link dev.edgehub.identity.SasKey}.
 */
@NullMarked
package dev.edgehub.identity;

import org.jspecify.annotations.NullMarked;
