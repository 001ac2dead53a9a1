package issuer

import (
	"fmt"
	"slices"
	"strings"
)

const (
	baseDN        = "dc=binnacle,dc=test"
	adminDN       = "cn=admin," + baseDN
	adminPassword = "directory-admin"
)

func directoryUsers() []User {
	return []User{
		{Name: "jane", Password: "jane-secret", Connector: "ldap", Email: "jane@directory.test", Groups: []string{"admins", "developers"}},
		{Name: "john", Password: "john-secret", Connector: "ldap", Email: "john@directory.test", Groups: []string{"developers"}},
		{Name: "mallory", Password: "mallory-secret", Connector: "ldap", Email: "mallory@directory.test"},
	}
}

func (d *directory) config() string {
	return fmt.Sprintf(`include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile %[1]s/slapd.pid
TLSCACertificateFile %[1]s/ca.crt
TLSCertificateFile %[1]s/tls.crt
TLSCertificateKeyFile %[1]s/tls.key
database mdb
suffix %[2]q
rootdn %[3]q
rootpw %[4]q
directory %[1]s/db
index objectClass,uid,member eq
`, d.dir, baseDN, adminDN, adminPassword)
}

// entries are the users and their groups as LDIF.
func entries(users []User) string {
	var b strings.Builder
	fmt.Fprintf(&b, "dn: %s\nobjectClass: dcObject\nobjectClass: organization\no: Binnacle\ndc: binnacle\n\n", baseDN)
	for _, unit := range []string{"people", "groups"} {
		fmt.Fprintf(&b, "dn: ou=%[1]s,%[2]s\nobjectClass: organizationalUnit\nou: %[1]s\n\n", unit, baseDN)
	}
	members := map[string][]string{}
	var groups []string
	for _, u := range users {
		dn := fmt.Sprintf("uid=%s,ou=people,%s", u.Name, baseDN)
		fmt.Fprintf(&b, "dn: %[1]s\nobjectClass: inetOrgPerson\nuid: %[2]s\ncn: %[2]s\nsn: Test\nmail: %[3]s\nuserPassword: %[4]s\n\n", dn, u.Name, u.Email, u.Password)
		for _, g := range u.Groups {
			members[g] = append(members[g], dn)
			if !slices.Contains(groups, g) {
				groups = append(groups, g)
			}
		}
	}
	for _, g := range groups {
		fmt.Fprintf(&b, "dn: cn=%[1]s,ou=groups,%[2]s\nobjectClass: groupOfNames\ncn: %[1]s\nmember: %[3]s\n\n", g, baseDN, strings.Join(members[g], "\nmember: "))
	}
	return b.String()
}

// connector is the configuration of Dex' LDAP connector.
func (d *directory) connector() map[string]any {
	return map[string]any{
		"host": fmt.Sprintf("127.0.0.1:%d", d.port), "startTLS": true, "rootCA": d.path("ca.crt"),
		"bindDN": adminDN, "bindPW": adminPassword, "usernamePrompt": "Username",
		"userSearch": map[string]any{
			"baseDN": "ou=people," + baseDN, "filter": "(objectClass=inetOrgPerson)",
			"username": "uid", "idAttr": "uid", "emailAttr": "mail", "nameAttr": "cn",
		},
		"groupSearch": map[string]any{
			"baseDN": "ou=groups," + baseDN, "filter": "(objectClass=groupOfNames)", "nameAttr": "cn",
			"userMatchers": []map[string]any{{"userAttr": "DN", "groupAttr": "member"}},
		},
	}
}
