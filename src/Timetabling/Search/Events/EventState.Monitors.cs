using System.Numerics;
using Tessera.Timetabling.Constraints.Events;
using Tessera.Timetabling.Model.Events;

namespace Tessera.Timetabling.Search.Events;

// The running cost: which monitors a move touched, and what they count now.
internal sealed partial class EventState
{
    private int[] value = [], escape = [], weight = [];
    private CostFunction[] function = [];
    private ulong[] allTimes = [];
    private bool[] hasTimes = [], hasEscape = [], isSplit = [];
    private int[][] requiredOf = [], othersOf = [];
    private long[] resourceSoft = [];
    private int[] resourceOf = [];
    private int[] stampOf = [], touched = [];
    private int[] resourceStamp = [], touchedResources = [];
    private ulong[] changed = [];
    private (int Monitor, int Value, int Escape)[] pending = [];
    private int touchedCount, resourceCount, pendingCount, stamp = 1;
    private long pendingHard, pendingSoft, pendingPriced;
    private long[] price = [];
    private bool[] required = [];
    private int[] broken = [], brokenAt = [];
    private int brokenRequired, raisedCount;
    private int[] raised = [];
    private bool[] isRaised = [];

    /// <summary>Steps of one unit of a required monitor's price in the search.</summary>
    public const int PriceUnit = 16;
    private const int MostRaised = 16;
    /// <summary>An hour by which a meet is too long or too short costs this part of a unit: enough to know the way.</summary>
    private const int SplitShare = 8;

    /// <summary>Cost of the required constraints.</summary>
    public long Hard { get; private set; }
    /// <summary>Cost of the other constraints.</summary>
    public long Soft { get; private set; }
    /// <summary>Monitors that cost something now.</summary>
    public int BrokenCount { get; private set; }
    /// <summary>Those of them that are required.</summary>
    public int BrokenRequired => brokenRequired;
    /// <summary>One of them; the required ones have the first positions.</summary>
    public int Broken(int index) => broken[index];

    private void PrepareMonitors()
    {
        var monitors = model.Monitors.Length;
        value = new int[monitors];
        stampOf = new int[monitors];
        touched = new int[monitors];
        pending = new (int, int, int)[monitors];
        escape = new int[monitors];
        weight = [.. model.Monitors.Select(m => m.Constraint.Weight)];
        function = [.. model.Monitors.Select(m => m.Constraint.CostFunction)];
        hasTimes = [.. model.Monitors.Select(m => m.AllTimes.Length > 0 && m.Groups.Length > 0)];
        isSplit = [.. model.Monitors.Select(m => m is { Kind: MonitorKind.Split, Constraint.Required: true })];
        hasEscape = [.. model.Monitors.Select((m, i) => m.Inescapable.Length > 0 || isSplit[i])];
        allTimes = [.. model.Monitors.SelectMany(m => m.AllTimes.Length == words ? m.AllTimes : new ulong[words])];
        resourceStamp = new int[model.Resources];
        touchedResources = new int[model.Resources];
        changed = new ulong[model.Resources * words];
        price = new long[monitors];
        required = [.. model.Monitors.Select(m => m.Constraint.Required)];
        requiredOf = [.. model.ResourceMonitors.Select(list => list.Where(m => required[m]).ToArray())];
        othersOf = [.. model.ResourceMonitors.Select(list => list.Where(m => !required[m]).ToArray())];
        resourceOf = [.. model.Monitors.Select(m => m.Resource)];
        resourceSoft = new long[model.Resources];
        broken = new int[monitors];
        brokenAt = new int[monitors];
        Array.Fill(brokenAt, -1);
        // A weight of 1000 says "above all else"; the search only needs it to be dearer.
        for (var m = 0; m < monitors; m++) price[m] = BasePrice(m);
        raised = new int[monitors];
        isRaised = new bool[monitors];
    }

    private int BasePrice(int m) => required[m] ? PriceUnit * (1 + BitOperations.Log2((uint)weight[m])) : 0;

    /// <summary>Required monitors that stay broken grow dearer, one by one, until something else gives way; the others return to their price.</summary>
    public void Learn()
    {
        for (var i = 0; i < brokenRequired; i++)
        {
            var m = broken[i];
            price[m] = Math.Min(price[m] + BasePrice(m) / 4, BasePrice(m) * MostRaised);
            if (isRaised[m]) continue;
            isRaised[m] = true;
            raised[raisedCount++] = m;
        }
        for (var i = raisedCount - 1; i >= 0; i--)
        {
            var m = raised[i];
            if (value[m] > 0) continue;
            price[m] -= BasePrice(m) / 16;
            if (price[m] > BasePrice(m)) continue;
            isRaised[m] = false;
            raised[i] = raised[--raisedCount];
        }
    }

    private void Touch(int monitor)
    {
        if (stampOf[monitor] == stamp) return;
        stampOf[monitor] = stamp;
        touched[touchedCount++] = monitor;
    }

    private void TouchResource(int resource)
    {
        if (resourceStamp[resource] == stamp) return;
        resourceStamp[resource] = stamp;
        touchedResources[resourceCount++] = resource;
        for (var w = 0; w < words; w++) changed[resource * words + w] = 0;
    }

    /// <summary>What the changes since the last commit add: required cost in units of the search, and cost of the others.</summary>
    public (long Priced, long Soft) Evaluate()
    {
        EvaluateRequired();
        EvaluateRest();
        return (pendingPriced, pendingSoft);
    }

    /// <summary>What a unit of the constraints that are not required counts in <see cref="Exceeds"/>.</summary>
    public double OthersCount { get; set; } = 1;

    /// <summary>Whether the changes add more than the limit; when they do, they may have been priced only as far as was needed to know.</summary>
    public bool Exceeds(double limit, double pricePerUnit)
    {
        var refund = EvaluateRequired();
        // The other constraints of the resources touched can give back what they cost now, and no more.
        if (pendingPriced * pricePerUnit + (pendingSoft - refund) * OthersCount > limit) return true;
        EvaluateRest();
        return pendingPriced * pricePerUnit + pendingSoft * OthersCount > limit;
    }

    /// <summary>Prices all but the resources' other constraints; returns what those cost now.</summary>
    private long EvaluateRequired()
    {
        (pendingCount, pendingHard, pendingSoft, pendingPriced) = (0, 0, 0, 0);
        for (var i = 0; i < touchedCount; i++) Weigh(touched[i], CountNow(touched[i]));
        var refund = 0L;
        for (var i = 0; i < resourceCount; i++)
        {
            var resource = touchedResources[i];
            refund += resourceSoft[resource];
            foreach (var m in requiredOf[resource])
                if (!hasTimes[m] || Overlaps(m, resource)) Weigh(m, CountNow(m));
        }
        return refund;
    }

    private void EvaluateRest()
    {
        for (var i = 0; i < resourceCount; i++)
        {
            var resource = touchedResources[i];
            foreach (var m in othersOf[resource])
                if (!hasTimes[m] || Overlaps(m, resource)) Weigh(m, CountNow(m));
        }
    }

    /// <summary>
    /// Units priced in the search only: groups in which the resource must be busy, and is not; and hours by which meets are too long or too short, as a meet of
    /// three hours becomes three of one in two moves, of which the first would gain nothing.
    /// </summary>
    private int Escapes(EventModel.Monitor monitor)
    {
        var missing = 0;
        if (monitor.Kind == MonitorKind.Split)
        {
            for (var m = firstMeet[monitor.Blocks[0]]; m < firstMeet[monitor.Blocks[0] + 1]; m++)
                if (duration[m] > 0) missing += Math.Max(0, duration[m] - monitor.Longest - 1) + Math.Max(0, monitor.Shortest - duration[m] - 1);
            return missing;
        }
        foreach (var group in monitor.Inescapable)
            if (BusyWithin(group, monitor.Resource) == 0) missing += monitor.Minimum;
        return missing;
    }

    private bool Overlaps(int m, int resource)
    {
        for (var w = 0; w < words; w++)
            if ((allTimes[m * words + w] & changed[resource * words + w]) != 0) return true;
        return false;
    }

    private void Weigh(int m, int now)
    {
        var escapeNow = hasEscape[m] ? Escapes(model.Monitors[m]) : 0;
        if (now == value[m] && escapeNow == escape[m]) return;
        pending[pendingCount++] = (m, now, escapeNow);
        var change = Shape(m, now) - Shape(m, value[m]);
        if (!required[m])
        {
            pendingSoft += change * weight[m];
            return;
        }
        pendingHard += change * weight[m];
        if (escapeNow == 0 && escape[m] == 0) pendingPriced += price[m] * change;
        else if (isSplit[m]) pendingPriced += price[m] * change + price[m] / SplitShare * (escapeNow - escape[m]);
        else pendingPriced += price[m] * (Shape(m, now + escapeNow) - Shape(m, value[m] + escape[m]));
    }

    /// <summary>Cost of a deviation for a weight of one.</summary>
    private long Shape(int m, int deviation) => function[m] switch
    {
        CostFunction.Linear => deviation,
        CostFunction.Quadratic => (long)deviation * deviation,
        _ => deviation > 0 ? 1 : 0,
    };

    /// <summary>Keeps the changes that <see cref="Evaluate"/> has priced.</summary>
    public void Commit()
    {
        for (var i = 0; i < pendingCount; i++)
        {
            var (m, now, escapeNow) = pending[i];
            if (resourceOf[m] >= 0 && !required[m]) resourceSoft[resourceOf[m]] += weight[m] * (Shape(m, now) - Shape(m, value[m]));
            (value[m], escape[m]) = (now, escapeNow);
            if (now > 0 && brokenAt[m] < 0) AddBroken(m);
            else if (now == 0 && brokenAt[m] >= 0) RemoveBroken(m);
        }
        Hard += pendingHard;
        Soft += pendingSoft;
        Forget();
    }

    // The required ones come first in the list.
    private void AddBroken(int m)
    {
        MoveBroken(m, BrokenCount++);
        if (required[m]) SwapBroken(brokenAt[m], brokenRequired++);
    }

    private void RemoveBroken(int m)
    {
        if (required[m]) SwapBroken(brokenAt[m], --brokenRequired);
        SwapBroken(brokenAt[m], --BrokenCount);
        brokenAt[m] = -1;
    }

    private void SwapBroken(int one, int other)
    {
        var (a, b) = (broken[one], broken[other]);
        MoveBroken(a, other);
        MoveBroken(b, one);
    }

    private void MoveBroken(int m, int to) => (broken[to], brokenAt[m]) = (m, to);

    private void Forget() => (journaled, touchedCount, resourceCount, pendingCount, stamp) = (0, 0, 0, 0, stamp + 1);

    private void Recount()
    {
        for (var m = 0; m < value.Length; m++)
            if (model.Monitors[m].Resource < 0) Touch(m);
        for (var r = 0; r < model.Resources; r++) TouchResource(r);
        Array.Fill(changed, ulong.MaxValue);
        Evaluate();
        Commit();
    }

    /// <summary>The timetable as it stands.</summary>
    public IReadOnlyList<Meet> ToMeets()
    {
        var meets = new List<Meet>();
        for (var m = 0; m < MeetCount; m++)
        {
            if (duration[m] == 0) continue;
            var block = model.Blocks[blockOf[m]];
            foreach (var lesson in block.Events)
            {
                int[] resources = [.. model.Problem.Events[lesson].Slots.Select(s => s.Preassigned)];
                for (var s = 0; s < block.SlotCount; s++)
                    if (model.Slots[block.FirstSlot + s] is var slot && slot.Event == lesson) resources[slot.Slot] = assigned[firstAssigned[m] + s];
                meets.Add(new Meet(lesson, duration[m], time[m], resources));
            }
        }
        return meets;
    }
}
