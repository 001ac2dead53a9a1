package podlogs

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"

	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/labels"
)

var errNoSelector = errors.New("there is no selector")

// query is how the pods of a Ref are asked for.
func (f *finder) query(ctx context.Context) (url.Values, error) {
	if f.ref.isPod() {
		return url.Values{"fieldSelector": {"metadata.name=" + f.ref.Name}}, nil
	}
	requests, err := f.log.options.Requests(f.ref.Member)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithTimeout(ctx, answerLimit)
	defer cancel()
	var object struct {
		Spec struct {
			Selector json.RawMessage `json:"selector"`
		} `json:"spec"`
	}
	if err := requests.Get(ctx, f.ref.path()+"/"+url.PathEscape(f.ref.Name), &object); err != nil {
		return nil, err
	}
	selector, err := selectorOf(object.Spec.Selector)
	if err != nil {
		return nil, err
	}
	return url.Values{"labelSelector": {selector}}, nil
}

// path is where the objects of a Ref's kind are.
func (r Ref) path() string {
	root := "/api/v1"
	if r.Group != "" {
		root = "/apis/" + url.PathEscape(r.Group) + "/" + url.PathEscape(r.Version)
	}
	return root + "/namespaces/" + url.PathEscape(r.Namespace) + "/" + url.PathEscape(r.Resource)
}

// selectorOf reads spec.selector in either of its forms: a label selector, or the plain labels of a ReplicationController
// or a Service. One that selects everything is none: it would bring the whole namespace.
func selectorOf(raw json.RawMessage) (string, error) {
	var structured metav1.LabelSelector
	if json.Unmarshal(raw, &structured) == nil && len(structured.MatchLabels)+len(structured.MatchExpressions) > 0 {
		selector, err := metav1.LabelSelectorAsSelector(&structured)
		if err != nil {
			return "", errNoSelector
		}
		return selector.String(), nil
	}
	var plainLabels map[string]string
	if json.Unmarshal(raw, &plainLabels) != nil || len(plainLabels) == 0 {
		return "", errNoSelector
	}
	selector, err := labels.ValidatedSelectorFromSet(plainLabels)
	if err != nil {
		return "", errNoSelector
	}
	return selector.String(), nil
}
