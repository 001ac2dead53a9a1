package kubeconfig

import (
	"crypto"
	"crypto/x509"
	"errors"
	"strings"
	"time"
)

const maxToken = 64 << 10 // far above what any server takes in a header

// userJudge goes through a user's parts in the order in which client-go and the API server look at them.
type userJudge struct {
	*userFacts
	e   *entry
	s   userSpec
	now time.Time
}

func judgeUser(e *entry, s userSpec, now time.Time) userFacts {
	f := userFacts{auth: AuthNone, problems: append([]string(nil), e.wrong...)}
	j := userJudge{&f, e, s, now}
	j.certificate()
	j.token()
	j.basic()
	j.plugin()
	j.impersonation()
	return f
}

func (j userJudge) bad(field, format string, args ...any) {
	j.problems = append(j.problems, j.e.says(field, format, args...))
}

// is sets how the user authenticates unless something stronger did.
func (j userJudge) is(a Auth) {
	if j.auth == AuthNone {
		j.auth = a
	}
}

// file flags a reference; a reference beside the same thing inline has no effect.
func (j userJudge) file(field, path string, inline bool) {
	if path == "" {
		return
	}
	if inline {
		j.flag(FlagIgnored, SeverityInfo, "File not used", field+" "+quoted(path)+" is not read: "+field+"-data is there, too.")
		return
	}
	resolved, err := j.e.resolve(path)
	if err != nil {
		j.bad(field, "%s %v", field, err)
		return
	}
	j.flag(FlagFile, SeverityWarning, "Reads a file", field+" is read from "+quoted(resolved)+" once, at the import.")
}

func (j userJudge) certificate() {
	cert, key := !j.s.cert.Empty(), !j.s.key.Empty()
	if !cert && j.s.certFile == "" {
		if key || j.s.keyFile != "" {
			j.flag(FlagIgnored, SeverityInfo, "Key not used", "There is a client-key but no client-certificate.")
		}
		return
	}
	j.is(AuthClientCertificate)
	j.file("client-certificate", j.s.certFile, cert)
	j.file("client-key", j.s.keyFile, key)
	if !key && j.s.keyFile == "" {
		j.bad("client-certificate-data", "there is a client certificate but no client-key; export the file with \"kubectl config view --raw\"")
	}
	var leaf *x509.Certificate
	if cert {
		b, err := parseCertificates(j.s.cert)
		if err == nil && b.broken > 0 {
			err = errors.New("holds a certificate that can't be read")
		}
		if err != nil {
			j.bad("client-certificate-data", "%s %v", j.e.label("client-certificate", j.s.certFile), err)
		} else {
			leaf, j.certPEM = b.certificates[0], b.pem
			j.known(leaf.Subject.CommonName, leaf.Subject.Organization)
			j.ends(leaf.NotAfter)
			j.flags = append(j.flags, lifeFlags("Client certificate", leaf.NotBefore, leaf.NotAfter, j.now)...)
		}
	}
	if key {
		j.key(leaf)
	}
}

func (j userJudge) key(leaf *x509.Certificate) {
	var public crypto.PublicKey
	var err error
	if public, j.keyPEM, err = parseKey(j.s.key); err != nil {
		j.bad("client-key-data", "%s %v", j.e.label("client-key", j.s.keyFile), err)
	} else if leaf != nil && !keyFits(public, leaf) {
		j.bad("client-key-data", "%s does not belong to the client certificate of %s; they come from two different users", j.e.label("client-key", j.s.keyFile), quoted(leaf.Subject.CommonName))
	}
}

func (j userJudge) token() {
	if j.s.tokenFile != "" {
		j.is(AuthTokenFile)
		if path, err := j.e.resolve(j.s.tokenFile); err != nil {
			j.bad("tokenFile", "tokenFile %v", err)
		} else {
			j.flag(FlagFile, SeverityDanger, "Sends a file to the server", "The token is read from "+quoted(path)+" once, at the import, and the server gets its content. Check that it is a token.")
		}
	}
	token := strings.TrimSpace(string(j.s.token.Reveal()))
	if token == "" {
		return
	}
	j.is(AuthToken)
	if len(token) > maxToken || strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }) {
		j.bad("token", "token (or the content of tokenFile) is longer than %d KiB or holds blanks or unreadable characters, so it is no token", maxToken>>10)
		return
	}
	if j.s.tokenFile != "" {
		return // the file's content wins, so what this token says counts for nothing
	}
	c := readClaims(token)
	j.known(c.identity, c.groups)
	j.ends(c.ends)
	j.flags = append(j.flags, lifeFlags("Token", c.begins, c.ends, j.now)...)
}

func (j userJudge) basic() {
	if j.s.username == "" && j.s.password.Empty() {
		return
	}
	if !j.s.token.Empty() || j.s.tokenFile != "" {
		j.bad("username", "there is a token and a user name with password; keep one (kubectl refuses both)")
	}
	if strings.ContainsAny(j.s.username, ":") {
		j.bad("username", "username must not hold a colon")
	}
	j.is(AuthBasic)
	j.known(j.s.username, nil)
	j.flag(FlagBasic, SeverityWarning, "Password", "Signs in as "+quoted(j.s.username)+" with a password. Kubernetes has not taken passwords since 1.19; a proxy in front of it may.")
}

func (j userJudge) plugin() {
	exec, provider := j.s.exec, j.s.provider
	if exec != nil && provider != nil {
		j.bad("exec", "exec and auth-provider are both set; keep one (kubectl refuses both)")
	}
	if exec != nil {
		exec.judge(j)
	}
	if provider == nil {
		return
	}
	if provider.name == "" {
		j.bad("auth-provider", "auth-provider has no name")
	}
	if j.auth != AuthNone {
		j.flag(FlagIgnored, SeverityInfo, "Auth provider not used", "The auth-provider has no effect beside the other credential of this user.")
		return
	}
	if provider.name == signInProvider {
		j.signsIn(provider)
		return
	}
	j.is(AuthProvider)
	j.flag(FlagAuthProvider, SeverityWarning, "Old sign-in method", "The auth-provider "+quoted(provider.name)+" was removed from Kubernetes. Its settings may hold tokens and are not shown."+j.convert(provider.conversion()))
}

func (j userJudge) signsIn(provider *providerSpec) {
	j.is(AuthSignIn)
	s, err := readSignIn(provider.config)
	if err != nil {
		j.bad("auth-provider", "sign-in: %v", err)
		return
	}
	j.signIn = &s
	j.flag(FlagSignIn, SeverityWarning, "Signs you in", s.words()+" Whoever runs that server can use the token at every other cluster that takes this sign-in: import only if you trust it.")
}

// convert offers the native sign-in in a flag of its own, or gives a sentence that says why there is none.
func (j userJudge) convert(c *conversion) string {
	if c == nil {
		return ""
	}
	if c.refused != "" {
		return " A native sign-in can't take its place: " + c.refused + "."
	}
	j.conversion = c
	detail := c.signIn.words()
	if len(c.caFiles) > 0 {
		detail += " The provider's certificate authority is read from " + few(c.caFiles, 5) + " once, at the import."
	}
	if len(c.left) > 0 {
		detail += " Left out, as not needed: " + few(c.left, 20) + "."
	}
	j.flag(FlagConvertible, SeverityInfo, "Can sign in natively", detail)
	return ""
}

func (j userJudge) impersonation() {
	as := j.s.as
	if !as.any() {
		return
	}
	if as.user == "" {
		j.bad("as", "as-uid, as-groups or as-user-extra is set without as (kubectl refuses this)")
	}
	detail := "Every request is made as user " + quoted(as.user)
	if len(as.groups) > 0 {
		detail += ", in groups " + few(as.groups, 10)
	}
	j.flag(FlagImpersonate, SeverityWarning, "Acts as somebody else", detail+". The server must allow it.")
}
