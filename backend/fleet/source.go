package fleet

import (
	"context"
	"crypto/tls"
	"errors"
	"io"
	"net/http"
	"sync"
	"time"

	"github.com/binnacle-dev/binnacle/backend/kubeconfig"
)

// Source gives what a cluster is shown for a credential that isn't complete by itself: a sign-in, or a program to run.
type Source interface {
	// Proof is asked for each request, so it must be quick while the last proof holds. stale is what the cluster refused (401)
	// and must not be given again; it is empty at first. Proof may wait, heeds ctx, and never opens a browser. A *NeedError
	// says that only the person can help, a *ProofError that there is none now.
	Proof(ctx context.Context, stale kubeconfig.Proof) (kubeconfig.Proof, error)
}

// wantsSource says whether the credential is of a kind that proves nothing by itself.
func wantsSource(c kubeconfig.Credential) bool {
	return c.Auth() == kubeconfig.AuthSignIn || c.Auth() == kubeconfig.AuthExec
}

// renewals is the least time between two that a cluster refuses: one that doesn't trust the issuer mustn't wear it out.
const renewals = time.Minute

// prover shows the proof with every request of one Client: a token in its header, a certificate with its connection.
type prover struct {
	source Source
	wire   *wire

	mu          sync.Mutex
	shown       kubeconfig.Proof // whose certificate, if any, the open connections were made with
	certificate *tls.Certificate // of shown; nil: none
	renewed     kubeconfig.Proof // given in the place of a stale one, and not accepted yet
	at          time.Time
}

// RoundTrip sends the request with a proof, and once more with another when the server refuses it. Nobody is asked for a proof
// that would go elsewhere.
func (p *prover) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := p.wire.leads(r); err != nil {
		return nil, unsent(r, err)
	}
	proof, err := p.proof(r.Context(), kubeconfig.Proof{})
	if err != nil {
		return nil, unsent(r, err)
	}
	answer, err := p.send(r, proof)
	if err != nil || answer.StatusCode != http.StatusUnauthorized {
		return answer, err
	}
	fresh, err := p.proof(r.Context(), proof)
	again, ok := rewound(r)
	switch {
	case err != nil:
		drain(answer)
		return nil, unsent(r, err)
	case !ok || fresh.Equal(proof):
		return answer, nil
	}
	drain(answer)
	return p.send(again, fresh)
}

// CloseIdleConnections is as wire's.
func (p *prover) CloseIdleConnections() { p.wire.CloseIdleConnections() }

// send shows the proof. One that isn't refused is worth a replacement when it ends.
func (p *prover) send(r *http.Request, proof kubeconfig.Proof) (*http.Response, error) {
	answer, err := p.wire.RoundTrip(proven(r, proof))
	if err == nil && answer.StatusCode != http.StatusUnauthorized {
		p.mu.Lock()
		if p.renewed.Equal(proof) {
			p.renewed = kubeconfig.Proof{}
		}
		p.mu.Unlock()
	}
	return answer, err
}

// proof asks the source, and makes the connections be those of what it gave.
func (p *prover) proof(ctx context.Context, stale kubeconfig.Proof) (kubeconfig.Proof, error) {
	if !stale.Empty() && p.wornOut(stale) {
		return stale, nil
	}
	proof, err := p.source.Proof(ctx, stale)
	if err != nil {
		return kubeconfig.Proof{}, unproven(err)
	}
	if proof.Empty() {
		return kubeconfig.Proof{}, &kubeconfig.ProofError{Why: "The sign-in for this cluster gave neither a token nor a certificate."}
	}
	if !stale.Empty() {
		p.mu.Lock()
		p.renewed, p.at = proof, time.Now()
		p.mu.Unlock()
	}
	return proof, p.show(proof)
}

// wornOut says whether stale is itself a replacement, not old, that was never accepted.
func (p *prover) wornOut(stale kubeconfig.Proof) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return stale.Equal(p.renewed) && time.Since(p.at) < renewals
}

// show drops the connections that were made with another certificate.
func (p *prover) show(proof kubeconfig.Proof) error {
	p.mu.Lock()
	defer p.mu.Unlock() // after the drop: a request with the new proof must not meet an old connection
	if string(p.shown.CertPEM) == string(proof.CertPEM) && p.shown.KeyPEM.Equal(proof.KeyPEM) {
		return nil
	}
	var certificate *tls.Certificate
	if len(proof.CertPEM) > 0 {
		pair, err := tls.X509KeyPair(proof.CertPEM, proof.KeyPEM.Reveal())
		if err != nil {
			return &kubeconfig.ProofError{Why: "The client certificate that was given for this cluster and its key don't belong together."}
		}
		certificate = &pair
	}
	p.shown, p.certificate = proof, certificate
	p.wire.drop()
	return nil
}

// clientCertificate is for tls.Config.
func (p *prover) clientCertificate(*tls.CertificateRequestInfo) (*tls.Certificate, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.certificate == nil {
		return &tls.Certificate{}, nil // none is an answer, nil isn't
	}
	return p.certificate, nil
}

// proven is r with the proof; a RoundTripper must not change what it was given.
func proven(r *http.Request, proof kubeconfig.Proof) *http.Request {
	r = r.Clone(r.Context())
	r.Header.Del("Authorization")
	if !proof.Token.Empty() {
		r.Header.Set("Authorization", "Bearer "+string(proof.Token.Reveal()))
	}
	return r
}

// rewound is r with its body from the beginning, if it can be had.
func rewound(r *http.Request) (*http.Request, bool) {
	if r.Body == nil || r.Body == http.NoBody {
		return r, true
	}
	if r.GetBody == nil {
		return nil, false
	}
	body, err := r.GetBody()
	if err != nil {
		return nil, false
	}
	r = r.Clone(r.Context())
	r.Body = body
	return r, true
}

// drain reads what is left, so that the connection can serve again.
func drain(answer *http.Response) {
	_, _ = io.CopyN(io.Discard, answer.Body, maxRefusal)
	_ = answer.Body.Close()
}

// unproven gives a Source's error one of the two shapes that Classify tells apart.
func unproven(err error) error {
	_, need := errors.AsType[*kubeconfig.NeedError](err)
	_, failed := errors.AsType[*kubeconfig.ProofError](err)
	if need || failed {
		return err
	}
	why := "The sign-in for this cluster could not be had: " + clean(innermost(err).Error())
	if timedOut(err) {
		why = "The sign-in for this cluster took too long."
	}
	return &kubeconfig.ProofError{Why: why, Err: err}
}
