using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Search;

/// <summary>Makes course timetables by simulated annealing over moves and swaps, cooling once over the whole budget.</summary>
public static class CourseSolver
{
    private const int Slice = 50_000;
    private const double Coldest = 0.12;
    private const double HottestLeast = 8, HottestMost = 40;
    /// <summary>A lecture costs about so many units per curriculum where it is badly placed: with many curricula each, a week is frozen long before the ordinary beginning.</summary>
    private const double HottestPerCurriculum = 2.5;

    private static double Hottest(CourseProblem problem)
    {
        var attended = problem.Curricula.Sum(q => q.Courses.Sum(c => problem.Courses[c].Lectures));
        return Math.Clamp(HottestPerCurriculum * attended / Math.Max(1, problem.Courses.Sum(c => c.Lectures)), HottestLeast, HottestMost);
    }

    /// <summary>Searches; the lectures of the best timetable found, feasible before cheap.</summary>
    public static (IReadOnlyList<Lecture> Lectures, CourseScore Score, long Iterations) Solve(CourseProblem problem, SolveOptions options, CancellationToken cancel = default)
    {
        var workers = Enumerable.Range(0, Math.Max(1, options.Threads)).Select(w => new CourseWorker(problem, options.Seed, w)).ToArray();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = workers.Length };
        var hottest = Hottest(problem);
        while (true)
        {
            var spent = options.Budget.Spent(workers[0].Iterations);
            var best = workers.MinBy(w => (w.BestConflicts, w.BestCost))!;
            options.Progress?.Invoke(new SolveProgress(SolvePhase.Improving, workers[0].Placed, workers[0].Total, best.BestConflicts, best.BestCost, workers.Sum(w => w.Iterations), spent,
                () => throw new NotSupportedException("A course timetable has no school.")));
            if (spent >= 1 || cancel.IsCancellationRequested || best is { BestCost: 0, BestConflicts: 0 } || options.Mode == SolveMode.First && best.BestConflicts == 0)
            {
                var lectures = best.BestLectures();
                return (lectures, CourseScore.Measure(problem, lectures), workers[0].Iterations);
            }
            var temperature = hottest * Math.Pow(Coldest / hottest, spent);
            if (workers.Length == 1) workers[0].Advance(Slice, temperature);
            else Parallel.For(0, workers.Length, parallel, w => workers[w].Advance(Slice, temperature));
        }
    }
}

/// <summary>One seeded annealer.</summary>
internal sealed class CourseWorker
{
    private const int LogTable = 1 << 14;
    private const int BasePrice = 20;
    private readonly CourseState state;
    private readonly Xoshiro random;
    private readonly Lecture[] best;
    private readonly int[] bestCells;
    private readonly double[] logarithm = new double[LogTable];

    public CourseWorker(CourseProblem problem, ulong seed, int stream)
    {
        random = new Xoshiro(seed, stream);
        state = new CourseState(problem, random);
        best = new Lecture[state.LectureCount];
        bestCells = new int[state.LectureCount];
        for (var i = 0; i < LogTable; i++) logarithm[i] = -Math.Log((i + 0.5) / LogTable);
        Keep();
    }

    public long Iterations { get; private set; }
    public int BestConflicts { get; private set; }
    public int BestCost { get; private set; }
    public int Total => state.LectureCount;
    public int Placed => state.LectureCount - state.Missing;
    public CourseState State => state;

    public void Advance(int iterations, double temperature)
    {
        Iterations += iterations;
        // Conflicts that survive a slice grow dearer until they are gone.
        state.HardPrice = state.Conflicts > 0 ? Math.Min(200, state.HardPrice + 1) : Math.Max(BasePrice, state.HardPrice - 1);
        var (lectures, cells) = (state.LectureCount, state.CellCount);
        var rooms = state.Rooms;
        for (var i = 0; i < iterations; i++)
        {
            var draw = random.Next();
            var lecture = (int)((draw & 0xFFFFFF) * (ulong)lectures >> 24);
            var to = (int)((draw >> 24 & 0xFFFFFF) * (ulong)cells >> 24);
            // One in four only changes the room: the last costs to go are those of room stability.
            if ((draw >> 48 & 3) == 0 && state.Cells[lecture] >= 0) to = state.Cells[lecture] / rooms * rooms + to % rooms;
            var allowance = (int)(temperature * logarithm[draw >> 50]);
            if (state.Cells[lecture] < 0) continue;
            // One in 16 is a chain, which costs several times as much and gets out of where single moves are stuck between conflicts.
            if ((draw & 15) == 0 ? !state.TryChain(lecture, to / rooms, allowance) : !state.TryMove(lecture, to, allowance)) continue;
            if (state.Conflicts < BestConflicts || state.Conflicts == BestConflicts && state.Cost < BestCost) Keep();
        }
    }

    private void Keep()
    {
        (BestConflicts, BestCost) = (state.Conflicts, state.Cost);
        state.Cells.CopyTo(bestCells);
        for (var i = 0; i < best.Length; i++) best[i] = state.Cells[i] >= 0 ? state.Place(i) : default;
    }

    public IReadOnlyList<Lecture> BestLectures() => [.. best.Where((_, i) => bestCells[i] >= 0)];
}
