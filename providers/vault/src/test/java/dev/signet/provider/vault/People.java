package dev.signet.provider.vault;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import com.unboundid.ldif.LDIFException;
import java.net.InetAddress;

/** A directory (LDAP) with one person in it. */
final class People implements AutoCloseable {

    static final String BASE = "ou=people,dc=example,dc=org";

    private final InMemoryDirectoryServer server;
    private final String person;

    People(String uid, String password) {
        this.person = "uid=" + uid + "," + BASE;
        try {
            InMemoryDirectoryServerConfig config =
                    new InMemoryDirectoryServerConfig("dc=example,dc=org");
            config.setListenerConfigs(
                    InMemoryListenerConfig.createLDAPConfig(
                            "people", InetAddress.getLoopbackAddress(), 0, null));
            server = new InMemoryDirectoryServer(config);
            server.add("dn: dc=example,dc=org", "objectClass: domain", "dc: example");
            server.add("dn: " + BASE, "objectClass: organizationalUnit", "ou: people");
            server.add(
                    "dn: " + person,
                    "objectClass: inetOrgPerson",
                    "uid: " + uid,
                    "cn: " + uid,
                    "sn: " + uid,
                    "userPassword: " + password);
            server.startListening();
        } catch (LDAPException | LDIFException e) {
            throw new IllegalStateException(e);
        }
    }

    String url() {
        return "ldap://127.0.0.1:" + server.getListenPort();
    }

    /** Gives the person another password. */
    void password(String password) {
        try {
            server.modify(
                    person, new Modification(ModificationType.REPLACE, "userPassword", password));
        } catch (LDAPException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.shutDown(true);
    }
}
