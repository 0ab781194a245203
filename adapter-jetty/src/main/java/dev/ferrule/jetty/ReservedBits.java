package dev.ferrule.jetty;

import org.eclipse.jetty.websocket.core.AbstractExtension;
import org.eclipse.jetty.websocket.core.Extension;
import org.eclipse.jetty.websocket.core.ExtensionConfig;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.WebSocketExtensionRegistry;
import org.jspecify.annotations.Nullable;

/**
 * The only extensions that Jetty's client knows: whichever was negotiated hands every frame through with its RSV1, since core
 * compresses and decompresses by itself. Jetty's own permessage-deflate mixes up which endpoint's context is kept, and loses
 * what follows a final block.
 */
final class ReservedBits extends WebSocketExtensionRegistry {
    @Override
    public @Nullable Extension newInstance(@Nullable ExtensionConfig config, WebSocketComponents components) {
        if (config == null) {
            return null;
        }
        AbstractExtension extension = new AbstractExtension() {
            @Override
            public boolean isRsv1User() {
                return true;
            }
        };
        extension.init(config, components);
        return extension;
    }
}
