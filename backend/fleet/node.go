package fleet

import "context"

// evidence is what is known of the kind of cluster without looking at a node.
func (s *survey) evidence() Evidence {
	return Evidence{Version: s.facts.Version, Server: s.client.Endpoint().Server, Groups: s.served.names()}
}

// wantsNode says whether a node may tell more.
func (s *survey) wantsNode() bool {
	name, region := Detect(s.evidence())
	return name == "" || name == Rancher || region == ""
}

// detect says what kind of cluster it is and where. Without a node, what a node told before stands.
func (s *survey) detect(node *Node) {
	e := s.evidence()
	e.Node = node
	name, region := Detect(e)
	if name != "" && (node != nil || name != Rancher || s.facts.Distribution == "") {
		s.facts.Distribution = name
	}
	if region != "" {
		s.facts.Region = clean(region)
	}
}

// node is any one node, or nil when there is none.
func (s *survey) node(ctx context.Context) (*Node, error) {
	var list struct {
		Items []struct {
			Metadata struct {
				Labels      map[string]string `json:"labels"`
				Annotations map[string]string `json:"annotations"`
			} `json:"metadata"`
			Spec struct {
				ProviderID string `json:"providerID"`
			} `json:"spec"`
			Status struct {
				NodeInfo struct {
					OSImage string `json:"osImage"`
				} `json:"nodeInfo"`
			} `json:"status"`
		} `json:"items"`
	}
	if err := s.client.Get(ctx, "/api/v1/nodes?limit=1", &list); err != nil || len(list.Items) == 0 {
		return nil, err
	}
	first := list.Items[0]
	return &Node{
		ProviderID: first.Spec.ProviderID, OSImage: first.Status.NodeInfo.OSImage,
		Labels: first.Metadata.Labels, Annotations: first.Metadata.Annotations,
	}, nil
}
