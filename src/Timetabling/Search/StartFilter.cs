namespace Tessera.Timetabling.Search;

/// <summary>
/// Takes away starts that no complete timetable uses, before any search: a start must leave one to every lesson under a hard rule with it, and all lessons of each of its people
/// must still fit into that person's week (<see cref="WeekFlow"/>). What is taken from one lesson may take more from others, until nothing changes.
/// </summary>
internal sealed class StartFilter
{
    /// <summary>Weeks looked at, of all people together; a school so large that this is not enough is narrowed as far as it goes.</summary>
    private const int MaxWeeks = 20_000;

    private readonly Problem problem;
    private readonly bool[] may;
    private readonly int[] left;
    private readonly Queue<int> units = new();
    private readonly Queue<int> people = new();
    private readonly bool[] unitWaits, personWaits;
    private readonly int[]?[] courses;
    private readonly Dictionary<(int Offset, int Scale, int OtherScale), bool> apart = [];

    private readonly CancellationToken cancel;

    private StartFilter(Problem problem, CancellationToken cancel)
    {
        (this.problem, this.cancel) = (problem, cancel);
        may = [.. problem.MayStart];
        left = [.. problem.Starts.Select(s => s.Length)];
        unitWaits = new bool[problem.UnitCount];
        personWaits = new bool[problem.ResourceCount];
        courses = new int[problem.ResourceCount][];
    }

    /// <summary>Narrows the starts of the problem and returns how many it took away: none where some lesson would be left without any, for then there is no complete timetable.</summary>
    /// <param name="problem">What is narrowed.</param>
    /// <param name="cancel">Ends it early; what was found until then holds.</param>
    public static int Apply(Problem problem, CancellationToken cancel = default)
    {
        var filter = new StartFilter(problem, cancel);
        if (!filter.Run()) return 0;
        var taken = 0;
        for (var u = 0; u < problem.UnitCount; u++)
        {
            if (filter.left[u] == problem.Starts[u].Length) continue;
            taken += problem.Starts[u].Length - filter.left[u];
            problem.Starts[u] = Array.FindAll(problem.Starts[u], s => filter.may[u * problem.Slots + s]);
            problem.IsFixed[u] = problem.Starts[u].Length == 1;
            for (var s = 0; s < problem.Slots; s++) problem.IsHopeless[u * problem.Slots + s] |= problem.MayStart[u * problem.Slots + s] && !filter.may[u * problem.Slots + s];
        }
        filter.may.CopyTo(problem.MayStart, 0);
        return taken;
    }

    private bool Run()
    {
        for (var u = 0; u < problem.UnitCount; u++)
        {
            if (left[u] == 0) return false;
            Await(units, unitWaits, u);
        }
        for (var r = 0; r < problem.ResourceCount; r++)
            if (problem.Clashes[r] && problem.ResourceUnits[r].Length <= problem.Slots) Await(people, personWaits, r);
        var week = new WeekFlow(problem, may);
        for (var weeks = 0; weeks < MaxWeeks && !cancel.IsCancellationRequested;)
        {
            if (units.TryDequeue(out var unit))
            {
                unitWaits[unit] = false;
                if (!Agree(unit)) return false;
            }
            else if (people.TryDequeue(out var person))
            {
                personWaits[person] = false;
                weeks++;
                if (!week.Filter(person, CoursesOf(person), Take)) return false;
            }
            else break;
        }
        return true;
    }

    private static void Await(Queue<int> queue, bool[] waits, int item)
    {
        if (waits[item]) return;
        waits[item] = true;
        queue.Enqueue(item);
    }

    /// <summary>Takes a start away; false when it was the last.</summary>
    private bool Take(int unit, int start)
    {
        may[unit * problem.Slots + start] = false;
        Await(units, unitWaits, unit);
        for (var i = problem.UseFirst[unit]; i < problem.UseFirst[unit + 1]; i++)
            if (problem.Clashes[problem.UseResource[i]]) Await(people, personWaits, problem.UseResource[i]);
        return --left[unit] > 0;
    }

    /// <summary>Takes starts from others that no start of this unit goes with.</summary>
    private bool Agree(int unit)
    {
        for (var p = problem.PairFirst[unit]; p < problem.PairFirst[unit + 1]; p++)
        {
            ref readonly var pair = ref problem.Pairs[p];
            if (problem.MonitorHard[pair.Monitor] == 0) continue;
            foreach (var other in problem.Starts[pair.Other])
                if (may[pair.Other * problem.Slots + other] && !Supports(unit, pair, other) && !Take(pair.Other, other)) return false;
        }
        return true;
    }

    private bool Supports(int unit, in Pair pair, int other)
    {
        foreach (var s in problem.Starts[unit])
            if (may[unit * problem.Slots + s] && problem.PairTable[pair.Offset + s * pair.Scale + other * pair.OtherScale] == 0) return true;
        return false;
    }

    /// <summary>Numbers the units of a person so that those with the same number may never be on one day, pair by pair.</summary>
    private int[] CoursesOf(int person)
    {
        if (courses[person] is { } known) return known;
        var own = problem.ResourceUnits[person];
        var (number, count) = (new int[own.Length], 0);
        for (var i = 0; i < own.Length; i++)
        {
            number[i] = -1;
            for (var c = 0; c < count && number[i] < 0; c++)
            {
                number[i] = c;
                for (var j = 0; j < i && number[i] == c; j++)
                    if (number[j] == c && !AreApart(own[i], own[j])) number[i] = -1;
            }
            if (number[i] < 0) number[i] = count++;
        }
        return courses[person] = number;
    }

    private bool AreApart(int unit, int other)
    {
        for (var p = problem.PairFirst[unit]; p < problem.PairFirst[unit + 1]; p++)
        {
            ref readonly var pair = ref problem.Pairs[p];
            if (pair.Other == other && problem.MonitorHard[pair.Monitor] > 0 && IsApart(pair)) return true;
        }
        return false;
    }

    private bool IsApart(in Pair pair)
    {
        var key = (pair.Offset, pair.Scale, pair.OtherScale);
        if (apart.TryGetValue(key, out var known)) return known;
        var all = true;
        for (var s = 0; s < problem.Slots && all; s++)
        {
            var day = s / problem.Hours * problem.Hours;
            for (var t = day; t < day + problem.Hours && all; t++) all = problem.PairTable[pair.Offset + s * pair.Scale + t * pair.OtherScale] != 0;
        }
        return apart[key] = all;
    }
}
