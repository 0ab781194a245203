package dev.ferrule.testkit.deflate;

import java.util.Arrays;

/** What has been inflated since the last reset: as much of it as a distance can reach, and all of this message. */
final class Window {
    static final int LARGEST = 32_768;

    private byte[] bytes = new byte[1024];
    private int end;
    private int start;

    int at(int distance) {
        return bytes[end - distance];
    }

    void add(int value) {
        if (end == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * end);
        }
        bytes[end++] = (byte) value;
    }

    /** How far back there is something. */
    int size() {
        return end;
    }

    /** A new message begins. */
    void begin() {
        if (end > LARGEST) {
            System.arraycopy(bytes, end - LARGEST, bytes, 0, LARGEST);
            end = LARGEST;
        }
        start = end;
    }

    /** What has come since the message began. */
    byte[] message() {
        return Arrays.copyOfRange(bytes, start, end);
    }

    int messageSize() {
        return end - start;
    }

    void clear() {
        end = 0;
        start = 0;
    }
}
