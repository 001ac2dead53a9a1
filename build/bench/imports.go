package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"time"

	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

const contexts = 300

// imports times a large kubeconfig from its bytes to the verdicts that the page shows.
func imports(ctx context.Context, l *lab) ([]figure, error) {
	file, err := manyContexts(contexts)
	if err != nil {
		return nil, err
	}
	m, err := l.fresh()
	if err != nil {
		return nil, err
	}
	p := m.start(ctx)
	defer p.Close()
	var whole, parsing samples
	for range 11 {
		began := time.Now()
		ticket, picks, err := p.paste(ctx, file)
		whole = append(whole, ms(time.Since(began)))
		if err != nil {
			return nil, err
		}
		if len(picks) != contexts {
			return nil, fmt.Errorf("%d contexts came out of %d", len(picks), contexts)
		}
		if err := p.CancelImport(ticket); err != nil {
			return nil, err
		}
		began = time.Now()
		if _, err := kubeconfig.Parse(file, "bench"); err != nil {
			return nil, err
		}
		parsing = append(parsing, ms(time.Since(began)))
	}
	about := fmt.Sprintf("; %.1f MB, a CA and a client certificate each", float64(len(file))/1e6)
	return []figure{
		within(300, "import_300_contexts_ms", whole.median(), "ms", whole.String()+about),
		explains("parse_300_contexts_ms", parsing.median(), "ms", parsing.String()+"; the parsing alone"),
	}, nil
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// manyContexts is a kubeconfig of n clusters, each with a CA and a user of its own.
func manyContexts(n int) ([]byte, error) {
	k := clientcmdapi.NewConfig()
	for i := range n {
		name := fmt.Sprintf("cluster-%03d", i+1)
		key, ca, err := certificate(name+" ca", nil, nil)
		if err != nil {
			return nil, err
		}
		userKey, user, err := certificate("person@"+name, ca, key)
		if err != nil {
			return nil, err
		}
		der, err := x509.MarshalECPrivateKey(userKey)
		if err != nil {
			return nil, err
		}
		k.Clusters[name] = &clientcmdapi.Cluster{Server: "https://" + name + ".example.com:6443", CertificateAuthorityData: inPEM("CERTIFICATE", ca.Raw)}
		k.AuthInfos[name] = &clientcmdapi.AuthInfo{ClientCertificateData: inPEM("CERTIFICATE", user.Raw), ClientKeyData: inPEM("EC PRIVATE KEY", der)}
		k.Contexts[name] = &clientcmdapi.Context{Cluster: name, AuthInfo: name, Namespace: "default"}
	}
	return clientcmd.Write(*k)
}

// certificate makes one that the parent signs, or a CA's own without parent.
func certificate(name string, parent *x509.Certificate, signer *ecdsa.PrivateKey) (*ecdsa.PrivateKey, *x509.Certificate, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, nil, err
	}
	t := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().AddDate(1, 0, 0),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	}
	if parent == nil {
		t.IsCA, t.BasicConstraintsValid, t.KeyUsage, t.ExtKeyUsage = true, true, x509.KeyUsageCertSign, nil
		parent, signer = t, key
	}
	der, err := x509.CreateCertificate(rand.Reader, t, parent, key.Public(), signer)
	if err != nil {
		return nil, nil, err
	}
	made, err := x509.ParseCertificate(der)
	return key, made, err
}

func inPEM(kind string, der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der})
}
