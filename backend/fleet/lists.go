package fleet

import (
	"context"
	"net/http"
)

// Where an administrator tells users which namespaces there are: the admin kit has it.
const (
	adminNamespace = "binnacle"
	adminConfigMap = "binnacle-namespaces"
	adminKey       = "namespaces"
)

const projectGroup = "project.openshift.io"

// adminList is the text of that list; "" when there is none, or none for us.
func (c *Client) adminList(ctx context.Context) (string, error) {
	var object struct {
		Data map[string]string `json:"data"`
	}
	err := c.Get(ctx, "/api/v1/namespaces/"+adminNamespace+"/configmaps/"+adminConfigMap, &object)
	return object.Data[adminKey], err
}

// projects are the namespaces that OpenShift lets us see.
func (c *Client) projects(ctx context.Context) ([]string, error) {
	var list struct {
		Items []struct {
			Metadata struct {
				Name string `json:"name"`
			} `json:"metadata"`
		} `json:"items"`
	}
	_, err := c.do(ctx, call{
		method: http.MethodGet, path: "/apis/" + projectGroup + "/v1/projects", into: &list,
		accept: "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json",
	})
	names := make([]string, 0, min(len(list.Items), maxNamespaces))
	for _, item := range list.Items[:min(len(list.Items), maxNamespaces)] {
		names = append(names, item.Metadata.Name)
	}
	return names, err
}
