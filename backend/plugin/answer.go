package plugin

import (
	"bytes"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	clientauthv1 "k8s.io/client-go/pkg/apis/clientauthentication/v1"
	clientauthv1beta1 "k8s.io/client-go/pkg/apis/clientauthentication/v1beta1"
	"sigs.k8s.io/yaml"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
	"github.com/binnacle-dev/binnacle/backend/secret"
)

const kind = "ExecCredential"

// request is what the program is told in KUBERNETES_EXEC_INFO.
func request(p kubeconfig.Program, interactive bool) ([]byte, error) {
	var cluster *clientauthv1.Cluster
	if p.ClusterInfo != nil {
		cluster = &clientauthv1.Cluster{}
		if err := json.Unmarshal(p.ClusterInfo, cluster); err != nil {
			return nil, fmt.Errorf("read what it is to be told of the cluster: %w", err)
		}
	}
	meta := metav1.TypeMeta{Kind: kind, APIVersion: p.APIVersion}
	switch p.APIVersion {
	case clientauthv1.SchemeGroupVersion.String():
		return json.Marshal(clientauthv1.ExecCredential{TypeMeta: meta, Spec: clientauthv1.ExecCredentialSpec{Cluster: cluster, Interactive: interactive}})
	case clientauthv1beta1.SchemeGroupVersion.String():
		return json.Marshal(clientauthv1beta1.ExecCredential{
			TypeMeta: meta, Spec: clientauthv1beta1.ExecCredentialSpec{Cluster: (*clientauthv1beta1.Cluster)(cluster), Interactive: interactive},
		})
	}
	return nil, fmt.Errorf("its kubeconfig asks for version %q, which kubectl no longer has either; update the program and the kubeconfig", kubeconfig.Clean(p.APIVersion))
}

// answerError says what is wrong with an answer, as the end of a sentence that begins with the program's name. The answer isn't in it.
type answerError string

func (e answerError) Error() string { return string(e) }

// parse reads the program's answer; both versions look the same. kubectl takes YAML as well.
func parse(out []byte, version string, now time.Time) (kubeconfig.Proof, error) {
	var got clientauthv1.ExecCredential
	if len(bytes.TrimSpace(out)) == 0 {
		return kubeconfig.Proof{}, answerError("gave no answer")
	}
	if err := yaml.Unmarshal(out, &got); err != nil {
		return kubeconfig.Proof{}, answerError("gave an answer that can't be read") // the error may quote it
	}
	switch {
	case got.Kind != kind:
		return kubeconfig.Proof{}, answerError("gave an answer that isn't an ExecCredential")
	case got.APIVersion != version:
		return kubeconfig.Proof{}, answerError(fmt.Sprintf("answered in version %q where its kubeconfig asks for %q", clip(kubeconfig.Clean(got.APIVersion), maxShown), kubeconfig.Clean(version)))
	case got.Status == nil:
		return kubeconfig.Proof{}, answerError("gave an answer without a status")
	}
	return proofOf(got.Status, now)
}

func proofOf(s *clientauthv1.ExecCredentialStatus, now time.Time) (kubeconfig.Proof, error) {
	var p kubeconfig.Proof
	switch {
	case s.Token == "" && s.ClientCertificateData == "" && s.ClientKeyData == "":
		return p, answerError("gave neither a token nor a certificate")
	case (s.ClientCertificateData == "") != (s.ClientKeyData == ""):
		return p, answerError("gave only one of certificate and key")
	case strings.ContainsFunc(s.Token, func(r rune) bool { return r <= ' ' || r > '~' }):
		return p, answerError("gave a token with characters that no token has")
	}
	if s.Token != "" {
		p.Token = secret.New([]byte(s.Token))
	}
	if s.ExpirationTimestamp != nil {
		p.Expires = s.ExpirationTimestamp.Time
	}
	if s.ClientCertificateData != "" {
		pair, err := tls.X509KeyPair([]byte(s.ClientCertificateData), []byte(s.ClientKeyData))
		if err != nil {
			return p, answerError("gave a certificate and a key that don't belong together or can't be read")
		}
		p.CertPEM, p.KeyPEM = []byte(s.ClientCertificateData), secret.New([]byte(s.ClientKeyData))
		if end := pair.Leaf.NotAfter; p.Expires.IsZero() || end.Before(p.Expires) {
			p.Expires = end
		}
	}
	if !p.Expires.IsZero() && !p.Expires.After(now) {
		return p, answerError(fmt.Sprintf("gave a credential that ended at %s; if it should be valid, check this machine's clock", p.Expires.UTC().Format(time.RFC3339)))
	}
	return p, nil
}
