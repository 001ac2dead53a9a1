package issuer

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
)

const openShiftLogin = `<!doctype html><title>Log in</title>%s
<form method="post"><input name="username"> <input name="password" type="password"> <button>Log in</button></form>
<form method="post"><button name="approval" value="rejected">Cancel</button></form>`

func (o *OpenShift) authorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	back, err := url.Parse(q.Get("redirect_uri"))
	if err != nil || q.Get("client_id") != o.ClientID || !loopback(back) {
		answer(w, http.StatusBadRequest, map[string]string{"error": "unauthorized_client"})
		return
	}
	send := func(more url.Values) {
		more.Set("state", q.Get("state"))
		back.RawQuery = more.Encode()
		http.Redirect(w, r, back.String(), http.StatusFound)
	}
	if q.Get("response_type") != "code" || q.Get("code_challenge") == "" || q.Get("code_challenge_method") != "S256" {
		send(url.Values{"error": {"invalid_request"}, "error_description": {"PKCE S256 is required"}})
		return
	}
	text := ""
	if r.Method == http.MethodPost {
		if r.PostFormValue("approval") == "rejected" {
			send(url.Values{"error": {"access_denied"}})
			return
		}
		u, good := o.find(r.PostFormValue("username"), r.PostFormValue("password"))
		if good {
			send(url.Values{"code": {o.newCode(request{q.Get("redirect_uri"), q.Get("code_challenge"), u})}})
			return
		}
		text = "Invalid login or password."
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = fmt.Fprintf(w, openShiftLogin, text) // the browser may be gone
}

// loopback says whether the client may be redirected there.
func loopback(u *url.URL) bool {
	host := u.Hostname()
	return u.Scheme == "http" && (host == "127.0.0.1" || host == "::1") && u.Path == "/callback"
}

func (o *OpenShift) find(name, password string) (User, bool) {
	at := slices.IndexFunc(o.Users, func(u User) bool { return u.Name == name && u.Password == password })
	if at < 0 {
		return User{}, false
	}
	return o.Users[at], true
}

func (o *OpenShift) newCode(r request) string {
	o.mu.Lock()
	defer o.mu.Unlock()
	code := "sha256~" + rand.Text()
	o.codes[code] = r
	return code
}

func (o *OpenShift) token(w http.ResponseWriter, r *http.Request) {
	client := r.PostFormValue("client_id")
	if name, _, ok := r.BasicAuth(); ok {
		client = name
	}
	sum := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
	o.mu.Lock()
	defer o.mu.Unlock()
	asked, good := o.codes[r.PostFormValue("code")]
	delete(o.codes, r.PostFormValue("code"))
	if !good || client != o.ClientID || r.PostFormValue("redirect_uri") != asked.redirect ||
		base64.RawURLEncoding.EncodeToString(sum[:]) != asked.challenge {
		answer(w, http.StatusBadRequest, map[string]string{"error": "invalid_grant"})
		return
	}
	token := "sha256~" + rand.Text()
	o.tokens[token] = asked.user
	answer(w, http.StatusOK, map[string]any{
		"access_token": token, "expires_in": 86400, "scope": "user:full", "token_type": "Bearer",
	})
}

// review is the webhook by which an API server asks whose a token is.
func (o *OpenShift) review(w http.ResponseWriter, r *http.Request) {
	var in struct {
		APIVersion string `json:"apiVersion"`
		Spec       struct {
			Token string `json:"token"`
		} `json:"spec"`
	}
	if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 64<<10)).Decode(&in); err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	status := map[string]any{"authenticated": false}
	if u, good := o.Whose(in.Spec.Token); good {
		groups := append(slices.Clone(u.Groups), "system:authenticated:oauth")
		status = map[string]any{"authenticated": true, "user": map[string]any{"username": u.Name, "uid": "uid-" + u.Name, "groups": groups}}
	}
	answer(w, http.StatusOK, map[string]any{"apiVersion": in.APIVersion, "kind": "TokenReview", "status": status})
}
