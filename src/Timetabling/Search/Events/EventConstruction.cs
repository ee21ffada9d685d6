namespace Tessera.Timetabling.Search.Events;

/// <summary>A first timetable: the hardest meets first, each at the time and with the resources that cost least.</summary>
internal static class EventConstruction
{
    /// <summary>Required units of the search weigh so much against the other constraints here.</summary>
    private const double Price = 1_000;

    /// <summary>What is not reached before it is cancelled stays without a time or a resource.</summary>
    public static void Run(EventState state, Xoshiro random, CancellationToken cancel)
    {
        var model = state.Model;
        foreach (var b in Enumerable.Range(0, model.Blocks.Length).OrderByDescending(b => model.Blocks[b].Fixed >= 0)
            .ThenByDescending(b => (model.Blocks[b].Preassigned.Length + model.Blocks[b].SlotCount) * model.Blocks[b].Duration / (double)Math.Max(1, model.Blocks[b].Starts[1].Length)).ThenBy(b => b))
        {
            if (cancel.IsCancellationRequested) return;
            for (var m = state.FirstMeet(b); m < state.EndMeet(b); m++)
                if (state.Duration(m) > 0) PlaceBest(state, m, random);
        }
        for (var s = 0; s < model.Slots.Length && !cancel.IsCancellationRequested; s++)
        {
            var block = model.Slots[s].Block;
            for (var m = state.FirstMeet(block); m < state.EndMeet(block); m++)
                if (state.Duration(m) > 0) AssignBest(state, m, s, random);
        }
    }

    private static void PlaceBest(EventState state, int meet, Xoshiro random)
    {
        var (best, bestCost, ties) = (-1, 0.0, 1);
        foreach (var t in state.Model.Blocks[state.BlockOf(meet)].Starts[state.Duration(meet)])
        {
            state.SetTime(meet, t);
            Consider(t, Cost(state), random, ref best, ref bestCost, ref ties);
            state.RollBack();
        }
        state.SetTime(meet, best);
        state.Evaluate();
        state.Commit();
    }

    private static void AssignBest(EventState state, int meet, int slot, Xoshiro random)
    {
        var local = slot - state.Model.Blocks[state.BlockOf(meet)].FirstSlot;
        var (best, bestCost, ties) = (-1, 0.0, 1);
        foreach (var r in state.Model.Slots[slot].Candidates)
        {
            state.SetResource(meet, local, r);
            Consider(r, Cost(state), random, ref best, ref bestCost, ref ties);
            state.RollBack();
        }
        state.SetResource(meet, local, best);
        state.Evaluate();
        state.Commit();
    }

    private static double Cost(EventState state)
    {
        var (priced, soft) = state.Evaluate();
        return priced * Price / EventState.PriceUnit + soft;
    }

    /// <summary>Keeps the cheapest choice; of equals each with the same chance.</summary>
    private static void Consider(int choice, double cost, Xoshiro random, ref int best, ref double bestCost, ref int ties)
    {
        if (cost > bestCost) return;
        if (cost < bestCost) ties = 0;
        if (random.Next(++ties) != 0) return;
        (best, bestCost) = (choice, cost);
    }
}
