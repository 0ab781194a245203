import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;

/** Prints the SHA-512 of a file: the one tool for it that every machine with a JDK has. */
final class Sha512 {
    public static void main(String[] args) throws Exception {
        byte[] digest = MessageDigest.getInstance("SHA-512").digest(Files.readAllBytes(Path.of(args[0])));
        System.out.printf("%0128x%n", new BigInteger(1, digest));
    }
}
