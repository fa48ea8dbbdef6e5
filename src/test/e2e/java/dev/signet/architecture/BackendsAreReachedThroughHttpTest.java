package dev.signet.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URL;
import javax.net.SocketFactory;
import org.junit.jupiter.api.Test;

class BackendsAreReachedThroughHttpTest {

    @Test
    void noProviderConnectsByItself() {
        // There the address is judged that a connection goes to.
        Product.keeps(
                noClasses()
                        .that()
                        .resideInAPackage("dev.signet.provider..")
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                                "java.net.http..",
                                "java.nio.channels..",
                                "software.amazon.awssdk.http.urlconnection..",
                                "com.azure.core.http.jdk..",
                                "org.springframework.http.client.reactive..")
                        .orShould()
                        .dependOnClassesThat()
                        .areAssignableTo(Socket.class)
                        .orShould()
                        .dependOnClassesThat()
                        .areAssignableTo(SocketFactory.class)
                        .orShould()
                        .dependOnClassesThat()
                        .areAssignableTo(InetSocketAddress.class)
                        .orShould()
                        .callMethod(URL.class, "openConnection")
                        .orShould()
                        .callMethod(URL.class, "openStream"));
    }
}
