package viewsync

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
)

// What marks a Secret as a view. The admin kit's policy holds every writer to their own AnnotationUser.
const (
	SecretType     = "binnacle.dev/view" //nolint:gosec // G101: a type's name
	AnnotationUser = "binnacle.dev/user"
	labelManaged   = "app.kubernetes.io/managed-by"
	managedBy      = "binnacle"
)

// Place is where a view lies.
type Place struct{ Namespace, Name string }

// String is namespace/name, "" for no place.
func (p Place) String() string {
	if p == (Place{}) {
		return ""
	}
	return p.Namespace + "/" + p.Name
}

// object is a Secret.
type object struct {
	APIVersion        string `json:"apiVersion"`
	Kind              string `json:"kind"`
	metav1.ObjectMeta `json:"metadata"`
	Type              string            `json:"type,omitempty"`
	Immutable         *bool             `json:"immutable,omitempty"`
	Data              map[string][]byte `json:"data,omitempty"`
}

func (o object) place() Place { return Place{o.Namespace, o.Name} }

// fresh is a new Secret of this user.
func fresh(p Place, username string, data map[string][]byte) object {
	o := object{
		APIVersion: "v1", Kind: "Secret", Type: SecretType, Data: data,
		ObjectMeta: metav1.ObjectMeta{Namespace: p.Namespace, Name: p.Name},
	}
	return stamped(o, username)
}

func stamped(o object, username string) object {
	o.ObjectMeta = *o.DeepCopy()
	o.ManagedFields = nil
	metav1.SetMetaDataLabel(&o.ObjectMeta, labelManaged, managedBy)
	metav1.SetMetaDataAnnotation(&o.ObjectMeta, AnnotationUser, username)
	return o
}

// check says whether o may be touched as username's view.
func (o object) check(username string) error {
	if o.Type != SecretType {
		return fmt.Errorf("%w: %s has the type %q", ErrForeign, o.place(), plain(o.Type))
	}
	// No annotation: someone removed it by hand. The document's own owner is still checked.
	if user, ok := o.Annotations[AnnotationUser]; ok && user != username {
		return fmt.Errorf("%w: %s belongs to %q", ErrForeign, o.place(), plain(user))
	}
	return nil
}

func secretsPath(namespace string) string {
	return "/api/v1/namespaces/" + url.PathEscape(namespace) + "/secrets"
}

func (p Place) path() string { return secretsPath(p.Namespace) + "/" + url.PathEscape(p.Name) }

func (a *api) get(ctx context.Context, p Place) (o object, err error) {
	err = a.do(ctx, call{method: http.MethodGet, path: p.path(), into: &o})
	return o, err
}

// getMeta gives the metadata alone: small, and none of the Secret's data.
func (a *api) getMeta(ctx context.Context, p Place) (m metav1.PartialObjectMetadata, err error) {
	err = a.do(ctx, call{method: http.MethodGet, path: p.path(), accept: metadataOnly, into: &m})
	return m, err
}

func (a *api) create(ctx context.Context, o object, dryRun bool) (made object, err error) {
	query := url.Values{}
	if dryRun {
		query.Set("dryRun", "All")
	}
	err = a.do(ctx, call{method: http.MethodPost, path: secretsPath(o.Namespace), query: query, body: o, into: &made})
	return made, err
}

func (a *api) update(ctx context.Context, o object) (made object, err error) {
	err = a.do(ctx, call{method: http.MethodPut, path: o.place().path(), body: o, into: &made})
	return made, err
}

// remove deletes the very object, not one that took its name.
func (a *api) remove(ctx context.Context, p Place, uid types.UID) error {
	options := metav1.DeleteOptions{
		TypeMeta:      metav1.TypeMeta{APIVersion: "v1", Kind: "DeleteOptions"},
		Preconditions: &metav1.Preconditions{UID: &uid},
	}
	return a.do(ctx, call{method: http.MethodDelete, path: p.path(), body: options})
}

// validNamespace keeps text of a kubeconfig out of the request's path.
func validNamespace(s string) bool {
	if s == "" || len(s) > 63 || s[0] == '-' || s[len(s)-1] == '-' {
		return false
	}
	return strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}
