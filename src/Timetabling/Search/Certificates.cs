using System.Numerics;
using Tessera.Timetabling.Constraints;
using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Search;

/// <summary>Proofs, without search, that no complete timetable exists: empty domains, pigeonholes and matchings.</summary>
internal sealed class Certificates
{
    private readonly Problem problem;
    private readonly bool[] may;
    private readonly int[] left;

    private Certificates(Problem problem)
    {
        this.problem = problem;
        may = [.. problem.MayStart];
        left = [.. problem.Starts.Select(s => s.Length)];
    }

    /// <summary>The first proof found, or null. Its list of rules may be empty: <see cref="Refutation"/> finds those that matter.</summary>
    public static Contradiction? Find(Problem problem)
    {
        if (problem.Contradictions.Count > 0) return problem.Contradictions[0];
        var check = new Certificates(problem);
        return check.Courses() ?? check.LastOfTheDay() ?? check.People() ?? check.Rooms() ?? check.Propagate() ?? check.People() ?? check.Courses();
    }

    private IEnumerable<Activity> Lessons(IEnumerable<int> units) => units.SelectMany(u => problem.UnitMembers[u]).Select(a => problem.Index.School.Activities[a]);

    private Contradiction Proof(string message, IEnumerable<int> units) => new(message, [], [.. Lessons(units.Distinct())]);

    private static string Names(IEnumerable<Activity> lessons, int most = 4)
    {
        var all = lessons.ToList();
        return string.Join(", ", all.Take(most)) + (all.Count > most ? $" and {all.Count - most} more" : "");
    }

    // Domains: a start without a partner start for some hard pair, or on top of a lesson that has nowhere else to go, is none.
    private Contradiction? Propagate()
    {
        var queue = new Queue<int>(Enumerable.Range(0, problem.UnitCount));
        var queued = Enumerable.Repeat(true, problem.UnitCount).ToArray();
        while (queue.TryDequeue(out var unit))
        {
            queued[unit] = false;
            foreach (var other in Narrow(unit))
            {
                if (left[other] == 0) return Proof($"{Names(Lessons([other]))} can start nowhere once {Names(Lessons([unit]))} has its place.", [other, unit]);
                if (queued[other]) continue;
                queued[other] = true;
                queue.Enqueue(other);
            }
        }
        return null;
    }

    /// <summary>Removes starts of other units that this unit's starts exclude; returns the units that lost some.</summary>
    private List<int> Narrow(int unit)
    {
        var changed = new List<int>();
        var done = new HashSet<int>();
        for (var p = problem.PairFirst[unit]; p < problem.PairFirst[unit + 1]; p++)
        {
            var pair = problem.Pairs[p];
            if (problem.MonitorHard[pair.Monitor] == 0 || !done.Add(pair.Other)) continue;
            var lost = false;
            for (var t = 0; t < problem.Slots; t++)
            {
                if (!may[pair.Other * problem.Slots + t] || Supported(unit, pair.Other, t)) continue;
                Remove(pair.Other, t);
                lost = true;
            }
            if (lost) changed.Add(pair.Other);
            if (left[pair.Other] == 0) return changed;
        }
        if (left[unit] != 1) return changed;
        var at = Enumerable.Range(0, problem.Slots).First(s => may[unit * problem.Slots + s]);
        for (var i = problem.UseFirst[unit]; i < problem.UseFirst[unit + 1]; i++)
        {
            var resource = problem.UseResource[i];
            if (!problem.Clashes[resource]) continue;
            foreach (var other in problem.ResourceUnits[resource])
                if (other != unit && RemoveOverlaps(other, resource, at, problem.UseMask[i])) changed.Add(other);
        }
        return changed;
    }

    /// <summary>Whether some start of the unit goes with this start of the other under all hard rules between the two.</summary>
    private bool Supported(int unit, int other, int otherStart)
    {
        for (var s = 0; s < problem.Slots; s++)
            if (may[unit * problem.Slots + s] && Agree(unit, s, other, otherStart)) return true;
        return false;
    }

    private bool Agree(int unit, int start, int other, int otherStart)
    {
        for (var p = problem.PairFirst[unit]; p < problem.PairFirst[unit + 1]; p++)
        {
            ref readonly var pair = ref problem.Pairs[p];
            if (pair.Other == other && problem.MonitorHard[pair.Monitor] > 0
                && problem.PairTable[pair.Offset + start * pair.Scale + otherStart * pair.OtherScale] != 0) return false;
        }
        return true;
    }

    private bool RemoveOverlaps(int other, int resource, int at, ulong mask)
    {
        var lost = false;
        var otherMask = problem.UseMask[UseOf(other, resource)];
        for (var t = at / problem.Hours * problem.Hours; t < (at / problem.Hours + 1) * problem.Hours; t++)
        {
            if (!may[other * problem.Slots + t] || (mask << at % problem.Hours & otherMask << t % problem.Hours) == 0) continue;
            Remove(other, t);
            lost = true;
        }
        return lost;
    }

    private int UseOf(int unit, int resource)
    {
        var i = problem.UseFirst[unit];
        while (problem.UseResource[i] != resource) i++;
        return i;
    }

    private void Remove(int unit, int start)
    {
        may[unit * problem.Slots + start] = false;
        left[unit]--;
    }

    // Courses: so many lessons so many days apart need so many days.
    private Contradiction? Courses()
    {
        foreach (var rule in problem.Index.School.Rules.OfType<MinDaysBetween>().Where(r => r.IsHard && r.MinDays > 0))
        {
            int[] units = [.. rule.Activities.Select(a => problem.UnitOf[a.Index]).Distinct()];
            var (fits, next) = (0, 0);
            for (var day = 0; day < problem.Days; day++)
            {
                if (day < next || !Array.Exists(units, u => MayOnDay(u, day))) continue;
                (fits, next) = (fits + 1, day + rule.MinDays);
            }
            if (fits < units.Length)
                return Proof($"{Names(Lessons(units))} must be {rule.MinDays} day(s) apart, which leaves days for only {fits} of these {units.Length} lessons.", units);
            var stuck = Matching.FindDeficit(units.Length, problem.Days, (u, d) => MayOnDay(units[u], d), Enumerable.Repeat(1, problem.Days).ToArray());
            if (stuck is not null) return Proof($"{Names(Lessons(stuck.Select(i => units[i])))} need different days, but together have fewer.", stuck.Select(i => units[i]));
        }
        return null;
    }

    // A class has one last lesson a day.
    private Contradiction? LastOfTheDay()
    {
        var index = problem.Index;
        var last = index.School.Rules.OfType<EndsStudentsDay>().Where(r => r.IsHard).SelectMany(r => r.Activities).Distinct().ToList();
        if (last.Count == 0) return null;
        foreach (var lessons in last.SelectMany(a => index.LeavesOf[a.Index].Select(leaf => (Leaf: leaf, Lesson: a))).GroupBy(x => x.Leaf, x => x.Lesson))
        {
            int[] units = [.. lessons.Select(a => problem.UnitOf[a.Index]).Distinct()];
            var stuck = Matching.FindDeficit(units.Length, problem.Days, (u, d) => MayOnDay(units[u], d), Enumerable.Repeat(1, problem.Days).ToArray());
            if (stuck is not null) return Proof($"{lessons.Key.Name}: {Names(Lessons(stuck.Select(i => units[i])))} must each be the last of a day, but have too few days.", stuck.Select(i => units[i]));
        }
        return null;
    }

    private bool MayOnDay(int unit, int day)
    {
        for (var s = day * problem.Hours; s < (day + 1) * problem.Hours; s++)
            if (may[unit * problem.Slots + s]) return true;
        return false;
    }

    // People: their lesson hours must fit into the hours their lessons may use.
    private Contradiction? People()
    {
        for (var r = 0; r < problem.ResourceCount; r++)
        {
            if (!problem.Clashes[r]) continue;
            var hours = new List<(int Unit, ulong[] Days)>();
            foreach (var unit in problem.ResourceUnits[r])
            {
                if (!Uses(unit, r, out var mask)) continue;
                var reach = Reach(unit, mask);
                for (var k = BitOperations.PopCount(mask); k > 0; k--) hours.Add((unit, reach));
            }
            if (hours.Count == 0) continue;
            var stuck = Matching.FindDeficit(hours.Count, problem.Slots, (h, s) => (hours[h].Days[s / problem.Hours] >> s % problem.Hours & 1) != 0, Enumerable.Repeat(1, problem.Slots).ToArray());
            if (stuck is not null)
            {
                var slots = Enumerable.Range(0, problem.Slots).Count(s => stuck.Exists(h => (hours[h].Days[s / problem.Hours] >> s % problem.Hours & 1) != 0));
                return Proof($"{problem.ResourceName[r]}: {stuck.Count} lesson hours, but only {slots} slots remain for them.", stuck.Select(h => hours[h].Unit));
            }
            if (Limits(r, hours) is { } proof) return proof;
        }
        return null;
    }

    private bool Uses(int unit, int resource, out ulong mask)
    {
        mask = 0;
        for (var i = problem.UseFirst[unit]; i < problem.UseFirst[unit + 1]; i++)
            if (problem.UseResource[i] == resource) mask = problem.UseMask[i];
        return mask != 0;
    }

    private ulong[] Reach(int unit, ulong mask)
    {
        var days = new ulong[problem.Days];
        for (var s = 0; s < problem.Slots; s++)
            if (may[unit * problem.Slots + s]) days[s / problem.Hours] |= mask << s % problem.Hours;
        return days;
    }

    private Contradiction? Limits(int resource, List<(int Unit, ulong[] Days)> hours)
    {
        var terms = problem.Terms[resource].Where(t => problem.MonitorHard[t.Monitor] > 0).ToList();
        if (terms.Count == 0) return null;
        int Least(TermKind kind, int otherwise) => terms.Where(t => t.Kind == kind).Select(t => t.Limit).DefaultIfEmpty(otherwise).Min();
        int Most(TermKind kind) => terms.Where(t => t.Kind == kind).Select(t => t.Limit).DefaultIfEmpty(0).Max();
        var (maxDays, maxHours, maxSpan) = (Least(TermKind.MaxDays, problem.Days), Least(TermKind.MaxHoursDaily, problem.Hours), Least(TermKind.MaxSpan, problem.Hours));
        var total = hours.Count;
        var open = Enumerable.Range(0, problem.Days).Select(d => hours.Aggregate(0UL, (all, h) => all | h.Days[d])).ToArray();
        foreach (var term in terms.Where(t => t.Kind == TermKind.IntervalDays).DefaultIfEmpty(new Term(TermKind.IntervalDays, problem.Days, 0, 0)))
        {
            // Days may hold lessons inside the interval only up to its limit: those gaining most by it do.
            int Capacity(ulong mask) => Math.Min(BitOperations.PopCount(mask), Math.Min(maxHours, maxSpan));
            var outside = open.Select(o => Capacity(o & ~term.Mask)).ToArray();
            var gains = open.Select((o, d) => Capacity(o) - outside[d]).OrderDescending().Take(Math.Max(0, term.Limit)).Sum();
            var capacity = Math.Min(outside.Sum() + gains, open.Select(Capacity).OrderDescending().Take(maxDays).Sum());
            if (capacity < total)
                return Proof($"{problem.ResourceName[resource]}: {total} lesson hours, but the limits on days and hours leave room for {capacity}.", hours.Select(h => h.Unit));
        }
        if (maxDays < problem.Days && CourseBeyond(resource, maxDays) is { } course) return course;
        var minDays = Most(TermKind.MinDays);
        var days = open.Count(o => o != 0);
        if (Math.Min(days, maxDays) < minDays)
            return Proof($"{problem.ResourceName[resource]} must have lessons on {minDays} days, but only {Math.Min(days, maxDays)} can have any.", hours.Select(h => h.Unit));
        var (everyDay, usedDay) = (Most(TermKind.MinHoursEveryDay), Most(TermKind.MinHoursUsedDay));
        if (everyDay * problem.Days > total)
            return Proof($"{problem.ResourceName[resource]} must have {everyDay} hours on each of {problem.Days} days, but has only {total} in all.", hours.Select(h => h.Unit));
        if (Math.Max(everyDay, usedDay) > maxHours)
            return Proof($"{problem.ResourceName[resource]} must have at least {Math.Max(everyDay, usedDay)} and at most {maxHours} hours a day.", hours.Select(h => h.Unit));
        if (usedDay > 0 && (total < usedDay || minDays * usedDay > total))
            return Proof($"{problem.ResourceName[resource]} has only {total} lesson hours, too few for {usedDay} on each day with lessons{(minDays > 0 ? $" and {minDays} such days" : "")}.", hours.Select(h => h.Unit));
        return null;
    }

    /// <summary>A course whose lessons need more days than its teacher or class may come.</summary>
    private Contradiction? CourseBeyond(int resource, int maxDays)
    {
        var own = problem.ResourceUnits[resource].ToHashSet();
        foreach (var rule in problem.Index.School.Rules.OfType<MinDaysBetween>().Where(r => r.IsHard && r.MinDays > 0))
        {
            int[] units = [.. rule.Activities.Select(a => problem.UnitOf[a.Index]).Distinct().Where(own.Contains)];
            if (units.Length > maxDays)
                return Proof($"{problem.ResourceName[resource]} may come on {maxDays} days, but {Names(Lessons(units))} need {units.Length} days.", units);
        }
        return null;
    }

    // Rooms: lessons confined to a set of rooms must fit into the hours these are open.
    private Contradiction? Rooms()
    {
        var confined = new Dictionary<string, (int[] Rooms, List<int> Activities)>(StringComparer.Ordinal);
        for (var a = 0; a < problem.ActivityCount; a++)
        {
            var options = Enumerable.Range(problem.OptionFirst[a], problem.OptionFirst[a + 1] - problem.OptionFirst[a]).ToList();
            if (options.Count == 0 || options.Exists(o => problem.OptionRoomFirst[o + 1] - problem.OptionRoomFirst[o] != 1)) continue;
            int[] rooms = [.. options.Select(o => problem.OptionRooms[problem.OptionRoomFirst[o]]).Order()];
            var key = string.Join(',', rooms);
            if (!confined.TryGetValue(key, out var group)) confined[key] = group = (rooms, []);
            group.Activities.Add(a);
        }
        foreach (var (rooms, _) in confined.Values)
        {
            var inside = confined.Values.Where(g => g.Rooms.All(rooms.Contains)).SelectMany(g => g.Activities)
                .SelectMany(a => Enumerable.Repeat((Activity: a, Days: Reach(problem.UnitOf[a], (1UL << problem.Duration[a]) - 1)), problem.Duration[a])).ToList();
            int[] free = [.. Enumerable.Range(0, problem.Slots).Select(s => rooms.Count(r => (problem.RoomClosed[r * problem.Days + s / problem.Hours] >> s % problem.Hours & 1) == 0))];
            var stuck = Matching.FindDeficit(inside.Count, problem.Slots, (h, s) => (inside[h].Days[s / problem.Hours] >> s % problem.Hours & 1) != 0, free);
            if (stuck is null) continue;
            var names = string.Join(", ", rooms.Take(4).Select(r => problem.Index.School.Rooms[r].Name));
            return Proof($"Room {names}: {stuck.Count} lesson hours can be nowhere else, more than the hours in which it is open for them.", stuck.Select(h => problem.UnitOf[inside[h].Activity]));
        }
        return null;
    }
}
