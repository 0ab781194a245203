package dev.ferrule.testkit.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** TLS for tests: one self-signed certificate for localhost and 127.0.0.1, whose key is public and worthless. */
public final class Tls {
    private static final char[] NO_PASSWORD = new char[0];

    // Made once: loading keys takes longer than most scenarios.
    private static final SSLContext SERVING = makeServing();
    private static final SSLContext TRUSTING_KIT = makeTrustingKit();
    private static final SSLContext TRUSTING_ALL = makeTrustingAll();

    private Tls() {}

    /** {@return a context for a server: presents the kit's certificate} */
    public static SSLContext serving() {
        return SERVING;
    }

    private static SSLContext makeServing() {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, NO_PASSWORD);
            PKCS8EncodedKeySpec key = new PKCS8EncodedKeySpec(pem("key.pem"));
            store.setKeyEntry("kit", KeyFactory.getInstance("EC").generatePrivate(key), NO_PASSWORD, new Certificate[] {
                certificate()
            });
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, NO_PASSWORD);
            return context(keys.getKeyManagers(), null);
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the kit's certificate can't be loaded", e);
        }
    }

    /**
     * {@return a context for a client under test: trusts the kit's certificate and no other, and still checks the
     * host's name}
     */
    public static SSLContext trustingKit() {
        return TRUSTING_KIT;
    }

    private static SSLContext makeTrustingKit() {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, NO_PASSWORD);
            store.setCertificateEntry("kit", certificate());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            return context(null, trust.getTrustManagers());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the kit's certificate can't be loaded", e);
        }
    }

    /**
     * {@return a context for the kit as a client: trusts anybody, because the server under test may have any
     * certificate}
     */
    public static SSLContext trustingAll() {
        return TRUSTING_ALL;
    }

    /** {@return a context for the kit as a client: trusts whom this Java runtime trusts} */
    public static SSLContext trustingUsual() {
        try {
            return SSLContext.getDefault();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has a default context", e);
        }
    }

    private static SSLContext makeTrustingAll() {
        try {
            return context(null, new TrustManager[] {new Credulous()});
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext context(
            KeyManager @org.jspecify.annotations.Nullable [] keys,
            TrustManager @org.jspecify.annotations.Nullable [] trust)
            throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust, null);
        return context;
    }

    private static Certificate certificate() throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(pem("certificate.pem")));
    }

    private static byte[] pem(String name) {
        try (InputStream in = Tls.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("missing resource " + name);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            return Base64.getMimeDecoder().decode(text.replaceAll("-----[A-Z ]+-----", ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Credulous extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
