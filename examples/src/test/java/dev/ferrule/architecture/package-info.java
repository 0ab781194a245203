/** Tests that look at the compiled classes of all modules: the arrows between them, and what each lets others see. */
@NullMarked
package dev.ferrule.architecture;

import org.jspecify.annotations.NullMarked;
