package dev.ferrule.abuse;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates, right and wrong, made anew by the JDK's own keytool in a folder of the test. */
final class Certificates {
    private static final String PASSWORD = "changeit";
    private static final String HERE = "san=dns:localhost,ip:127.0.0.1";

    /** What a server may present. */
    enum Kind {
        GOOD("ca", HERE, "-7d", 14, ""),
        EXPIRED("ca", HERE, "-14d", 7, "NotAfter"),
        NOT_YET_VALID("ca", HERE, "+7d", 7, "NotBefore"),
        WRONG_HOST("ca", "san=dns:other.example", "-7d", 14, "name matching localhost"),
        SELF_SIGNED("", HERE, "-7d", 14, "certification path"),
        UNKNOWN_CA("unknown", HERE, "-7d", 14, "certification path");

        /** What a clear error says of it. */
        final String says;

        private final String signer;
        private final String names;
        private final String start;
        private final int days;

        Kind(String signer, String names, String start, int days, String says) {
            this.says = says;
            this.signer = signer;
            this.names = names;
            this.start = start;
            this.days = days;
        }
    }

    private final Path folder;
    private final Map<Kind, KeyStore> servers = new EnumMap<>(Kind.class);

    Certificates(Path folder) throws IOException, InterruptedException, GeneralSecurityException {
        this.folder = folder;
        for (String ca : List.of("ca", "unknown")) {
            keytool(
                    ca,
                    "-genkeypair",
                    "-keyalg",
                    "EC",
                    "-dname",
                    "CN=" + ca,
                    "-ext",
                    "bc:c=ca:true",
                    "-startdate",
                    "-30d");
        }
        for (Kind kind : Kind.values()) {
            servers.put(kind, make(kind));
        }
    }

    /** For a server that presents this. */
    SSLContext serving(Kind kind) throws GeneralSecurityException {
        KeyStore own = Objects.requireNonNull(servers.get(kind));
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(own, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private KeyStore make(Kind kind) throws IOException, InterruptedException, GeneralSecurityException {
        String name = kind.name();
        List<String> arguments = new ArrayList<>(List.of(
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=server",
                "-ext",
                kind.names,
                "-startdate",
                kind.start,
                "-validity",
                Integer.toString(kind.days)));
        if (!kind.signer.isEmpty()) {
            arguments.addAll(List.of("-signer", kind.signer, "-signerkeypass", PASSWORD));
            Files.copy(store(kind.signer), store(name));
        }
        keytool(name, arguments.toArray(String[]::new));
        KeyStore both = load(name);
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry(
                name,
                both.getKey(name, PASSWORD.toCharArray()),
                PASSWORD.toCharArray(),
                both.getCertificateChain(name));
        return own;
    }

    /** For a client that trusts the one authority. */
    SSLContext trusting() throws IOException, GeneralSecurityException {
        Certificate authority = load("ca").getCertificate("ca");
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ca", authority);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private Path store(String name) {
        return folder.resolve(name + ".p12");
    }

    private KeyStore load(String name) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store(name))) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private void keytool(String name, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
        Collections.addAll(command, arguments);
        command.addAll(List.of("-alias", name, "-storetype", "PKCS12", "-storepass", PASSWORD));
        command.addAll(List.of("-keystore", store(name).toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("keytool failed with " + Arrays.toString(arguments));
        }
    }
}
