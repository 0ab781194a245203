package dev.ferrule.abuse;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A socket and what a client may write to it, right or wrong. */
final class RawClient implements AutoCloseable {
    /** Far more than anything here takes, on a busy machine too. */
    static final int PATIENCE_MILLIS = 30_000;

    static final byte[] LOOPBACK = {127, 0, 0, 1};

    /**
     * A frame of the server's.
     *
     * @param opcode what it is
     * @param payload its bytes
     */
    record Frame(int opcode, String payload) {
        /** The code of a Close, or 0. */
        int code() {
            return opcode == 8 && payload.length() >= 2 ? payload.charAt(0) << 8 | payload.charAt(1) : 0;
        }
    }

    private final Socket socket = new Socket();
    private final DataInputStream in;
    private final OutputStream out;

    RawClient(int port) throws IOException {
        this(port, 0);
    }

    /** With so many bytes of buffer in the system, or with 0 as many as it likes. */
    RawClient(int port, int receiveBuffer) throws IOException {
        socket.setTcpNoDelay(true);
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** With its opening handshake done. */
    static RawClient open(int port, String path) throws IOException {
        RawClient client = new RawClient(port);
        client.write(request(port, path));
        String head = client.head();
        if (!head.startsWith("HTTP/1.1 101 ")) {
            client.close();
            throw new IOException("not opened: " + head);
        }
        return client;
    }

    static String request(int port, String path) {
        return "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\nUpgrade: websocket\r\n"
                + "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                + "Sec-WebSocket-Version: 13\r\n\r\n";
    }

    Socket socket() {
        return socket;
    }

    void write(String bytes) throws IOException {
        out.write(bytes.getBytes(ISO_8859_1));
    }

    /** A frame with a masking key of zeros. */
    static byte[] frame(int first, byte[] payload) {
        int extended = payload.length < 126 ? 0 : payload.length < 65_536 ? 2 : 8;
        byte[] frame = new byte[6 + extended + payload.length];
        frame[0] = (byte) first;
        frame[1] = (byte) (0x80 | (extended == 0 ? payload.length : extended == 2 ? 126 : 127));
        for (int i = 0; i < extended; i++) {
            frame[2 + i] = (byte) ((long) payload.length >> (8 * (extended - 1 - i)));
        }
        System.arraycopy(payload, 0, frame, 6 + extended, payload.length);
        return frame;
    }

    void text(String text) throws IOException {
        out.write(frame(0x81, text.getBytes(ISO_8859_1)));
    }

    void send(byte[] bytes) throws IOException {
        out.write(bytes);
    }

    /** The head of a response, as far as it came; empty if the connection was ended without one. */
    String head() throws IOException {
        StringBuilder head = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.append((char) next);
            if (next == '\n' && head.length() >= 4 && head.lastIndexOf("\r\n\r\n") == head.length() - 4) {
                break;
            }
        }
        return head.toString();
    }

    Frame read() throws IOException {
        int opcode = in.readUnsignedByte() & 0x0F;
        long length = in.readUnsignedByte();
        length = length == 126 ? in.readUnsignedShort() : length == 127 ? in.readLong() : length;
        byte[] payload = new byte[Math.toIntExact(length)];
        in.readFully(payload);
        return new Frame(opcode, new String(payload, ISO_8859_1));
    }

    /** So many bytes. */
    byte[] read(int bytes) throws IOException {
        byte[] read = new byte[bytes];
        in.readFully(read);
        return read;
    }

    /** Reads on to the Close: its code, or 1006 if the connection ends without one. */
    int closeCode() throws IOException {
        try {
            Frame frame = read();
            while (frame.opcode() != 8) {
                frame = read();
            }
            return frame.code();
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (EOFException | java.net.SocketException e) {
            return 1006;
        }
    }

    /** Whether the server ends the connection within that time, whatever it says before. */
    boolean endsWithin(int millis) throws IOException {
        long deadline = System.nanoTime() + millis * 1_000_000L;
        byte[] buffer = new byte[4096];
        try {
            for (long left = millis; left > 0; left = (deadline - System.nanoTime()) / 1_000_000) {
                socket.setSoTimeout((int) left);
                if (in.read(buffer) < 0) {
                    return true;
                }
            }
            return false;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (java.net.SocketException e) {
            return true;
        }
    }

    /** Whether the server ends the connection without another byte. */
    boolean endsInSilence() throws IOException {
        try {
            return in.read() < 0;
        } catch (java.net.SocketException reset) {
            return true;
        }
    }

    /** Drops TCP with a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
