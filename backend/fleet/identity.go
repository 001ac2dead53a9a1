package fleet

import (
	"context"
	"fmt"
	"slices"

	apierrors "k8s.io/apimachinery/pkg/api/errors"
)

// Identity is who a cluster takes us for.
type Identity struct {
	Username string // to the letter, for it is a key; Facts has it cleaned for people
	Groups   []string
	Verified bool // the cluster said so; else it is read from the credential
}

// WhoAmI asks the cluster (SelfSubjectReview in the newest version that it serves); a cluster older than 1.26 can't tell, and
// the answer is then what the credential says, not verified. The error is classified by Classify: 403 means that even this is
// not allowed, as for anonymous users.
func (c *Client) WhoAmI(ctx context.Context) (Identity, error) {
	const group = "authentication.k8s.io"
	known := c.discovered()
	for _, version := range []string{"v1", "v1beta1", "v1alpha1"} {
		if known.asked && !slices.Contains(known.groups.versions[group], version) {
			continue
		}
		review := map[string]string{"apiVersion": group + "/" + version, "kind": "SelfSubjectReview"}
		var answer struct {
			Status struct {
				UserInfo struct {
					Username string   `json:"username"`
					Groups   []string `json:"groups"`
				} `json:"userInfo"`
			} `json:"status"`
		}
		err := c.Post(ctx, "/apis/"+group+"/"+version+"/selfsubjectreviews", review, &answer)
		if apierrors.IsNotFound(err) || apierrors.IsMethodNotSupported(err) {
			continue
		}
		if err != nil {
			return Identity{}, fmt.Errorf("ask who we are: %w", err)
		}
		user := answer.Status.UserInfo
		return Identity{Username: user.Username, Groups: user.Groups, Verified: true}, nil
	}
	return Identity{Username: c.credential.Identity(), Groups: c.credential.Groups()}, nil
}

// May asks the cluster whether we may (SelfSubjectAccessReview). namespace "" is all of them.
func (c *Client) May(ctx context.Context, verb, group, resource, namespace string) (bool, error) {
	type attributes struct {
		Namespace string `json:"namespace,omitempty"`
		Verb      string `json:"verb"`
		Group     string `json:"group"`
		Resource  string `json:"resource"`
	}
	review := map[string]any{
		"apiVersion": "authorization.k8s.io/v1",
		"kind":       "SelfSubjectAccessReview",
		"spec":       map[string]any{"resourceAttributes": attributes{namespace, verb, group, resource}},
	}
	var answer struct {
		Status struct {
			Allowed bool `json:"allowed"`
		} `json:"status"`
	}
	if err := c.Post(ctx, "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews", review, &answer); err != nil {
		return false, fmt.Errorf("ask whether we may %s %s: %w", verb, resource, err)
	}
	return answer.Status.Allowed, nil
}
