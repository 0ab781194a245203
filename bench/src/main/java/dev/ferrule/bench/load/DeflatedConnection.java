package dev.ferrule.bench.load;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** A connection with permessage-deflate (RFC 7692) that holds nothing but its socket. */
final class DeflatedConnection implements Closeable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int MAX_HEAD = 8192;
    private static final int TAIL_BYTES = 4;

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;

    DeflatedConnection(int port, String path, String offer) throws IOException {
        socket.connect(Loopback.port(port), PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
        String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: " + Upgrade.KEY
                + "\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Extensions: " + offer + "\r\n\r\n";
        out.write(request.getBytes(StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder(256);
        while (head.indexOf("\r\n\r\n", head.length() - TAIL_BYTES) < 0) {
            head.append((char) in.readUnsignedByte());
            if (head.length() > MAX_HEAD) {
                throw new LoadException("the head of the response is longer than " + MAX_HEAD + " bytes");
            }
        }
        if (!head.toString().toLowerCase(Locale.ROOT).contains("\nsec-websocket-extensions: permessage-deflate")) {
            throw new LoadException("the server did not take permessage-deflate");
        }
    }

    /** The frame of a compressed text. */
    static byte[] frame(byte[] text) {
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(text);
        byte[] compressed = new byte[text.length + 64];
        int length = deflater.deflate(compressed, 0, compressed.length, Deflater.SYNC_FLUSH) - TAIL_BYTES;
        deflater.end();
        ByteBuffer frame = ByteBuffer.allocate(14 + length).put((byte) 0xC1);
        if (length < 126) {
            frame.put((byte) (0x80 | length));
        } else {
            frame.put((byte) (0x80 | 126)).putShort((short) length);
        }
        // A masking key of zeros changes nothing.
        frame.putInt(0).put(compressed, 0, length);
        return Arrays.copyOf(frame.array(), frame.position());
    }

    void send(byte[] frame) throws IOException {
        out.write(frame);
    }

    /** Reads a message, whose frames must be compressed, and compares. */
    void expect(byte[] text) throws IOException {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        int first = in.readUnsignedByte();
        if ((first & 0x7F) != 0x41) {
            throw new LoadException("the echo is not a compressed text");
        }
        payload.writeBytes(payload());
        while ((first & 0x80) == 0) {
            first = in.readUnsignedByte();
            payload.writeBytes(payload());
        }
        payload.writeBytes(new byte[] {0, 0, (byte) 0xFF, (byte) 0xFF});
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(payload.toByteArray());
            byte[] echo = new byte[text.length + 1];
            int length = inflater.inflate(echo);
            if (!Arrays.equals(echo, 0, length, text, 0, text.length)) {
                throw new LoadException("the echo is not what was sent");
            }
        } catch (DataFormatException e) {
            throw new LoadException("the echo can't be decompressed: " + e.getMessage());
        } finally {
            inflater.end();
        }
    }

    private byte[] payload() throws IOException {
        int length = in.readUnsignedByte();
        byte[] payload = new byte[length == 126 ? in.readUnsignedShort() : length];
        in.readFully(payload);
        return payload;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
