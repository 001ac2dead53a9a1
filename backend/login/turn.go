package login

import "context"

// enter waits for the session's turn: first among what this program does, then among all programs, unless the turn was kept.
func (s *session) enter(ctx context.Context) (leave func(), err error) {
	select {
	case s.turns <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	s.book.mu.Lock()
	kept := s.turn != nil
	s.book.mu.Unlock()
	if kept {
		return s.leave, nil
	}
	unlock, err := s.book.o.Lock(ctx, "t-"+s.key)
	if err != nil {
		<-s.turns
		return nil, err
	}
	s.book.mu.Lock()
	s.turn = unlock
	s.book.mu.Unlock()
	return s.leave, nil
}

// leave ends the turn. As long as the newest tokens are in memory only it is kept among programs: another would renew from the old ones,
// and the provider would end the session.
func (s *session) leave() {
	s.book.mu.Lock()
	turn := s.turn
	if s.held.unsaved {
		turn = nil
	} else {
		s.turn = nil
	}
	s.book.mu.Unlock()
	if turn != nil {
		turn()
	}
	<-s.turns
}
