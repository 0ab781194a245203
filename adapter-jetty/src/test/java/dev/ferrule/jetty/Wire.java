package dev.ferrule.jetty;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;

/** A peer that writes bytes and reads them. */
final class Wire implements Closeable {
    static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    final Socket socket;
    final DataInputStream in;

    private Wire(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(10_000);
        this.in = new DataInputStream(socket.getInputStream());
    }

    static Wire to(int port) throws IOException {
        return new Wire(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    static Wire to(int port, SSLContext context) throws IOException {
        return new Wire(context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port));
    }

    static String handshake(String target) {
        return "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + KEY + "\r\n\r\n";
    }

    /** A masked frame with the masking key zero. */
    static byte[] frame(int first, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 14).put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) (0x80 | payload.length));
        } else if (payload.length < 1 << 16) {
            frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
        } else {
            frame.put((byte) (0x80 | 127)).putLong(payload.length);
        }
        frame.putInt(0).put(payload);
        byte[] bytes = new byte[frame.position()];
        frame.flip().get(bytes);
        return bytes;
    }

    static byte[] text(String text) {
        return frame(0x81, text.getBytes(StandardCharsets.UTF_8));
    }

    Wire write(String text) throws IOException {
        return write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Wire write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    Wire open(String target) throws IOException {
        write(handshake(target));
        String head = head();
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new IOException(head);
        }
        return this;
    }

    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("end of the stream behind: " + head);
            }
            head.append((char) b);
        }
        return head.toString();
    }

    /** The rest of what comes. */
    String rest() throws IOException {
        return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    /** The payload of the next frame, which must begin with this byte. */
    byte[] next(int first) throws IOException {
        int seen = in.readUnsignedByte();
        if (seen != first) {
            throw new IOException("frame begins with " + Integer.toHexString(seen));
        }
        int length = in.readUnsignedByte();
        length = length == 126 ? in.readUnsignedShort() : length == 127 ? (int) in.readLong() : length;
        byte[] payload = new byte[length];
        in.readFully(payload);
        return payload;
    }

    String nextText() throws IOException {
        return new String(next(0x81), StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
