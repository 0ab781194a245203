package dev.ferrule.undertow;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The least of a WebSocket client, byte by byte, with a masking key of zero. */
final class RawClient implements AutoCloseable {
    private final Socket socket;
    final DataInputStream in;
    final DataOutputStream out;

    RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(20_000);
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    static RawClient to(int port) throws IOException {
        return new RawClient(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    static byte[] request(String path, int port) {
        List<String> lines = List.of(
                "GET " + path + " HTTP/1.1",
                "Host: 127.0.0.1:" + port,
                "Upgrade: websocket",
                "Connection: Upgrade",
                "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
                "Sec-WebSocket-Version: 13");
        return (String.join("\r\n", lines) + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The head of the response, without the empty line. */
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString().strip();
    }

    static byte[] frame(int opcode, byte[] payload) {
        byte[] frame = new byte[payload.length + 14];
        int n = 0;
        frame[n++] = (byte) (0x80 | opcode);
        if (payload.length < 126) {
            frame[n++] = (byte) (0x80 | payload.length);
        } else {
            frame[n++] = (byte) (0x80 | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame[n++] = (byte) ((long) payload.length >>> shift);
            }
        }
        n += 4;
        System.arraycopy(payload, 0, frame, n, payload.length);
        return Arrays.copyOf(frame, n + payload.length);
    }

    /** The payload of the next frame. */
    byte[] payload() throws IOException {
        in.readUnsignedByte();
        long length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        return in.readNBytes((int) length);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
