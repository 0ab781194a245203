/**
 * The abuse matrix: what peers do to servers that must not be done. Black box, over sockets, against a server in a JVM of its
 * own with 256 MiB of heap, while a well-behaved connection goes on.
 */
@NullMarked
package dev.ferrule.abuse;

import org.jspecify.annotations.NullMarked;
