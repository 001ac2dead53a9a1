// jsdom lays nothing out. The editor measures its text, and needs an answer, whichever.
Range.prototype.getClientRects ??= () => [] as unknown as DOMRectList
Range.prototype.getBoundingClientRect ??= () => new DOMRect()
