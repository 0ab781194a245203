/**
 * DEFLATE (RFC 1951) as permessage-deflate (RFC 7692) uses it, by the kit's own hands: an inflater that sees windows, block
 * types and distances, which {@code java.util.zip} hides, and a writer that makes any stream, right or wrong.
 */
@NullMarked
package dev.ferrule.testkit.deflate;

import org.jspecify.annotations.NullMarked;
