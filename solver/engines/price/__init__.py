"""The price engine: large days of slots alone, exact, without a stored pair.

The day is a transportation problem: leads want slots of reps. Its dual asks for a
price of each rep's slots: at these prices every lead takes what leaves it most, its
value less the price, and the sum of that and of prices times slots bounds every
allocation. At the best prices the leads' own choices fit the slots, and the bound is
met. So the engine looks for some thousand prices, not for a million owners, and never
holds the pairs:

1. *Objective* (`dual/`): one sweep over all pairs, computed as they are looked at,
   gives the dual function, who chooses whom, and who hesitates.
2. *Start* (`search/levels`): prices of a small sample by auction, then of larger
   samples; in between, every rep moves half way to where it would be full
   (`dual/thresholds`). Where leads have very many options, demand is smooth at first
   (`dual/smoothed`), and Newton's method follows it as it cools (`search/cooling`);
   parts of the day that share no rep are then solved apart (`search/apart`).
3. *Maximiser* (`search/settle`): options that could become best while prices move a
   little are listed (`dual/shortlist`); leads pass between reps on shortest paths
   (`exchange/`) until loads fit or a price would leave its reach; then a new sweep.
   When nothing moves, the sweep is the proof.
4. Prices are lowered to the least that prove it, which are what one more slot brings,
   and leads between equals go where loads become even (`answer/ties`).

`market/` puts leads and reps in an order that hangs on their ids and the seed;
`machine/` compiles, shares the work between threads and ends it in time; `answer/`
makes an allocation of prices that are on their way.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
