package dev.ferrule.bench.server;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/** Tomcat, embedded, with annotated endpoints of Jakarta WebSocket. */
final class TomcatServer implements EchoServer {
    private static final Set<Session> EVERYBODY = ConcurrentHashMap.newKeySet();

    @Override
    public int listen(int port, int longest) throws Exception {
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(Files.createTempDirectory("tomcat").toString());
        tomcat.setHostname("127.0.0.1");
        tomcat.setPort(port);
        tomcat.getConnector().setProperty("address", "127.0.0.1");
        tomcat.getConnector().setProperty("maxConnections", "20000");
        Context context = tomcat.addContext("", null);
        if (longest > 8192) {
            context.addParameter("org.apache.tomcat.websocket.textBufferSize", Integer.toString(longest));
            context.addParameter("org.apache.tomcat.websocket.binaryBufferSize", Integer.toString(longest));
        }
        context.addServletContainerInitializer(new WsSci(), null);
        context.addApplicationListener(Endpoints.class.getName());
        // Requests for which there is no servlet never reach the filter that upgrades them.
        Tomcat.addServlet(context, "none", new HttpServlet() {}).addMapping("/");
        tomcat.start();
        return tomcat.getConnector().getLocalPort();
    }

    /** Adds the endpoints; Tomcat makes it by its name. */
    public static final class Endpoints implements ServletContextListener {
        @Override
        public void contextInitialized(ServletContextEvent event) {
            ServerContainer container =
                    (ServerContainer) event.getServletContext().getAttribute(ServerContainer.class.getName());
            try {
                container.addEndpoint(Echo.class);
                container.addEndpoint(Broadcast.class);
            } catch (DeploymentException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Tomcat makes one for each connection. */
    @ServerEndpoint(ECHO)
    public static final class Echo {
        @OnMessage
        public void text(Session session, String text) throws IOException {
            session.getBasicRemote().sendText(text);
        }

        @OnMessage
        public void binary(Session session, ByteBuffer data) throws IOException {
            session.getBasicRemote().sendBinary(data);
        }
    }

    /** Tomcat makes one for each connection. */
    @ServerEndpoint(BROADCAST)
    public static final class Broadcast {
        @OnOpen
        public void opened(Session session) {
            EVERYBODY.add(session);
        }

        /** A session takes one message at a time. */
        @OnMessage
        public void text(String text) throws IOException {
            for (Session session : EVERYBODY) {
                synchronized (session) {
                    session.getBasicRemote().sendText(text);
                }
            }
        }

        @OnClose
        public void closed(Session session) {
            EVERYBODY.remove(session);
        }
    }
}
