using System.Numerics;
using System.Runtime.CompilerServices;
using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Search;

/// <summary>
/// Lectures in (period, room) cells, one per cell, never two of a course in a period, never where a course is unavailable. Conflicts between
/// courses are allowed at a price. A move's cost is computed without making it.
/// </summary>
internal sealed partial class CourseState
{
    private const int DayWeight = 5, CompactWeight = 2;

    private readonly int periods, perDay, days, rooms, words;
    private readonly int[] courseOf;
    private readonly ulong[] adjacent;
    private readonly ulong[] present;
    private readonly bool[] may;
    private readonly int[] curriculumFirst, curriculumOf;
    private readonly byte[] curriculumCount;
    private readonly int[] dayMask;
    private readonly byte[] isolated;
    private readonly byte[] courseDay;
    private readonly int[] daysUsed, minDays;
    private readonly byte[] courseRoom;
    private readonly int[] roomsUsed;
    private readonly int[] overflow;
    private readonly int[] cell;
    private readonly int[] cellOf;
    private readonly int[] sharedStamp;
    private int stamp;

    public CourseState(CourseProblem problem, Xoshiro random)
    {
        (periods, perDay, days, rooms) = (problem.Periods, problem.PeriodsPerDay, problem.Days, problem.Rooms.Count);
        var courses = problem.Courses.Count;
        words = (courses + 63) / 64;
        courseOf = [.. problem.Courses.SelectMany((c, i) => Enumerable.Repeat(i, c.Lectures))];
        adjacent = new ulong[courses * words];
        void Adjoin(int a, int b) { if (a != b) adjacent[a * words + b / 64] |= 1UL << b; }
        foreach (var curriculum in problem.Curricula)
            foreach (var a in curriculum.Courses) foreach (var b in curriculum.Courses) Adjoin(a, b);
        foreach (var taught in Enumerable.Range(0, courses).GroupBy(c => problem.Courses[c].Teacher, StringComparer.Ordinal))
            foreach (var a in taught) foreach (var b in taught) Adjoin(a, b);
        present = new ulong[periods * words];
        may = new bool[courses * periods];
        for (var c = 0; c < courses; c++)
            for (var p = 0; p < periods; p++) may[c * periods + p] = !problem.Unavailable[c].Contains(p);
        List<int>[] lists = [.. Enumerable.Range(0, courses).Select(_ => new List<int>())];
        for (var q = 0; q < problem.Curricula.Count; q++)
            foreach (var c in problem.Curricula[q].Courses) lists[c].Add(q);
        curriculumFirst = new int[courses + 1];
        for (var c = 0; c < courses; c++) curriculumFirst[c + 1] = curriculumFirst[c] + lists[c].Count;
        curriculumOf = [.. lists.SelectMany(l => l)];
        curriculumCount = new byte[problem.Curricula.Count * periods];
        dayMask = new int[problem.Curricula.Count * days];
        sharedStamp = new int[problem.Curricula.Count];
        isolated = new byte[1 << Math.Min(perDay, 16)];
        for (var mask = 0; mask < isolated.Length; mask++) isolated[mask] = (byte)BitOperations.PopCount((uint)(mask & ~(mask << 1) & ~(mask >> 1)));
        courseDay = new byte[courses * days];
        daysUsed = new int[courses];
        minDays = [.. problem.Courses.Select(c => c.MinWorkingDays)];
        courseRoom = new byte[courses * rooms];
        roomsUsed = new int[courses];
        overflow = [.. problem.Courses.SelectMany(c => problem.Rooms.Select(r => Math.Max(0, c.Students - r.Seats)))];
        cell = new int[periods * rooms];
        Array.Fill(cell, -1);
        cellOf = new int[courseOf.Length];
        Fill(random);
    }

    public int LectureCount => courseOf.Length;
    public int CellCount => cell.Length;
    public int Rooms => rooms;
    public int HardPrice { get; set; } = 20;
    public int Conflicts { get; private set; }
    public int Cost { get; private set; }
    /// <summary>Lectures for which no cell was left.</summary>
    public int Missing { get; private set; }
    public ReadOnlySpan<int> Cells => cellOf;

    /// <summary>Gives each lecture the cell that costs least, hardest courses first.</summary>
    private void Fill(Xoshiro random)
    {
        Array.Fill(cellOf, -1);
        foreach (var lecture in Enumerable.Range(0, courseOf.Length).OrderBy(l => Enumerable.Range(0, periods).Count(p => may[courseOf[l] * periods + p])).ThenBy(l => l))
        {
            var (best, bestCost, ties) = (-1, int.MaxValue, 0);
            var course = courseOf[lecture];
            for (var period = 0; period < periods; period++)
            {
                if (!may[course * periods + period] || IsPresent(course, period)) continue;
                var conflicts = ConflictsAt(course, period) * HardPrice;
                if (conflicts > bestCost) continue;
                for (var room = 0; room < rooms; room++)
                {
                    var (to, cost) = (period * rooms + room, conflicts + overflow[course * rooms + room]);
                    if (cell[to] >= 0 || cost > bestCost) continue;
                    if (cost < bestCost) (best, bestCost, ties) = (to, cost, 1);
                    else if (random.Next(++ties) == 0) best = to;
                }
            }
            if (best < 0) Missing++;
            else Put(lecture, best);
        }
        Cost = Total();
    }

    public Lecture Place(int lecture) => new(courseOf[lecture], cellOf[lecture] % rooms, cellOf[lecture] / rooms);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsPresent(int course, int period) => (present[period * words + (course >> 6)] >> course & 1) != 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int ConflictsAt(int course, int period)
    {
        var count = 0;
        for (var w = 0; w < words; w++) count += BitOperations.PopCount(adjacent[course * words + w] & present[period * words + w]);
        return count;
    }

    /// <summary>
    /// Tries to send a lecture to a cell; who is there takes its place. Accepted when the cost grows by at most the allowance.
    /// </summary>
    public bool TryMove(int lecture, int to, int allowance)
    {
        var from = cellOf[lecture];
        var other = cell[to];
        var (a, p, q) = (courseOf[lecture], from / rooms, to / rooms);
        if (from == to || !may[a * periods + q]) return false;
        var b = other >= 0 ? courseOf[other] : -1;
        if (a == b) return false;
        var (r, s) = (from % rooms, to % rooms);
        var conflicts = 0;
        var delta = overflow[a * rooms + s] - overflow[a * rooms + r];
        if (p != q)
        {
            if (IsPresent(a, q) || b >= 0 && (!may[b * periods + p] || IsPresent(b, p))) return false;
            conflicts = ConflictsAt(a, q) - ConflictsAt(a, p);
            if (b >= 0)
            {
                conflicts += ConflictsAt(b, p) - ConflictsAt(b, q);
                // Each saw the other where it goes; both leave.
                if ((adjacent[a * words + (b >> 6)] >> b & 1) != 0) conflicts -= 2;
            }
        }
        if (b >= 0) delta += overflow[b * rooms + r] - overflow[b * rooms + s];
        delta += conflicts * HardPrice;
        delta += RoomDelta(a, r, s) + (b >= 0 ? RoomDelta(b, s, r) : 0);
        if (p != q)
        {
            var (dp, dq) = (p / perDay, q / perDay);
            if (dp != dq) delta += DayDelta(a, dp, dq) + (b >= 0 ? DayDelta(b, dq, dp) : 0);
            // Compactness can save at most a few units: hopeless moves end here.
            if (delta > allowance + 40) return false;
            delta += CompactDelta(a, b, p, q);
        }
        if (delta > allowance) return false;
        Take(lecture);
        if (other >= 0)
        {
            Take(other);
            Put(other, from);
        }
        Put(lecture, to);
        Conflicts += conflicts;
        Cost += delta - conflicts * HardPrice;
        return true;
    }

    private int RoomDelta(int course, int from, int to)
        => from == to ? 0 : (courseRoom[course * rooms + to] == 0 ? 1 : 0) - (courseRoom[course * rooms + from] == 1 ? 1 : 0);

    private int DayDelta(int course, int from, int to)
    {
        var used = daysUsed[course] + (courseDay[course * days + to] == 0 ? 1 : 0) - (courseDay[course * days + from] == 1 ? 1 : 0);
        return DayWeight * (Math.Max(0, minDays[course] - used) - Math.Max(0, minDays[course] - daysUsed[course]));
    }

    private int CompactDelta(int a, int b, int p, int q)
    {
        var delta = 0;
        stamp++;
        if (b >= 0)
            for (var i = curriculumFirst[b]; i < curriculumFirst[b + 1]; i++) sharedStamp[curriculumOf[i]] = stamp;
        for (var i = curriculumFirst[a]; i < curriculumFirst[a + 1]; i++)
        {
            var curriculum = curriculumOf[i];
            // A curriculum of both courses stays as it is: mark it as done.
            if (sharedStamp[curriculum] == stamp) sharedStamp[curriculum] = -stamp;
            else delta += CompactDelta(curriculum, p, q);
        }
        if (b >= 0)
            for (var i = curriculumFirst[b]; i < curriculumFirst[b + 1]; i++)
                if (sharedStamp[curriculumOf[i]] == stamp) delta += CompactDelta(curriculumOf[i], q, p);
        return CompactWeight * delta;
    }

    private int CompactDelta(int curriculum, int from, int to)
    {
        var (df, dt) = (from / perDay, to / perDay);
        var old = dayMask[curriculum * days + df];
        var now = curriculumCount[curriculum * periods + from] == 1 ? old & ~(1 << from - df * perDay) : old;
        if (df == dt) return isolated[now | 1 << to - dt * perDay] - isolated[old];
        var other = dayMask[curriculum * days + dt];
        return isolated[now] - isolated[old] + isolated[other | 1 << to - dt * perDay] - isolated[other];
    }

    private void Take(int lecture)
    {
        var at = cellOf[lecture];
        var (course, period) = (courseOf[lecture], at / rooms);
        cell[at] = -1;
        present[period * words + (course >> 6)] &= ~(1UL << course);
        if (--courseDay[course * days + period / perDay] == 0) daysUsed[course]--;
        if (--courseRoom[course * rooms + at % rooms] == 0) roomsUsed[course]--;
        for (var i = curriculumFirst[course]; i < curriculumFirst[course + 1]; i++)
            if (--curriculumCount[curriculumOf[i] * periods + period] == 0) dayMask[curriculumOf[i] * days + period / perDay] &= ~(1 << period % perDay);
    }

    private void Put(int lecture, int at)
    {
        var (course, period) = (courseOf[lecture], at / rooms);
        cell[at] = lecture;
        cellOf[lecture] = at;
        present[period * words + (course >> 6)] |= 1UL << course;
        if (courseDay[course * days + period / perDay]++ == 0) daysUsed[course]++;
        if (courseRoom[course * rooms + at % rooms]++ == 0) roomsUsed[course]++;
        for (var i = curriculumFirst[course]; i < curriculumFirst[course + 1]; i++)
            if (curriculumCount[curriculumOf[i] * periods + period]++ == 0) dayMask[curriculumOf[i] * days + period / perDay] |= 1 << period % perDay;
    }

    /// <summary>Recomputes conflicts and cost from the placements.</summary>
    private int Total()
    {
        var cost = 0;
        Conflicts = 0;
        for (var lecture = 0; lecture < cellOf.Length; lecture++)
        {
            if (cellOf[lecture] < 0) continue;
            cost += overflow[courseOf[lecture] * rooms + cellOf[lecture] % rooms];
            Conflicts += ConflictsAt(courseOf[lecture], cellOf[lecture] / rooms);
        }
        Conflicts /= 2;
        for (var c = 0; c < daysUsed.Length; c++) cost += DayWeight * Math.Max(0, minDays[c] - daysUsed[c]) + Math.Max(0, roomsUsed[c] - 1);
        foreach (var mask in dayMask) cost += CompactWeight * isolated[mask];
        return cost;
    }

    /// <summary>Whether the running totals equal a recomputation.</summary>
    public bool IsConsistent()
    {
        var (conflicts, cost) = (Conflicts, Cost);
        var total = Total();
        return conflicts == Conflicts && cost == total;
    }
}
