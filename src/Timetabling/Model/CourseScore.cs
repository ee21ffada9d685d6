namespace Tessera.Timetabling.Model;

/// <summary>Violations and costs of a course timetable, as the second international timetabling competition counts them (UD2).</summary>
/// <param name="MissingLectures">Lectures not given in a period of their own.</param>
/// <param name="Conflicts">Pairs of courses of one teacher or curriculum in one period.</param>
/// <param name="Unavailable">Lectures in periods their course cannot be taught in.</param>
/// <param name="RoomClashes">Lectures beyond the first in a room and period.</param>
/// <param name="RoomCapacity">Students without a seat.</param>
/// <param name="MinWorkingDays">5 per day missing to the spread of a course.</param>
/// <param name="Compactness">2 per lecture of a curriculum with no neighbour of that curriculum.</param>
/// <param name="RoomStability">1 per room a course uses beyond its first.</param>
public sealed record CourseScore(int MissingLectures, int Conflicts, int Unavailable, int RoomClashes, int RoomCapacity, int MinWorkingDays, int Compactness, int RoomStability)
{
    public int Violations => MissingLectures + Conflicts + Unavailable + RoomClashes;
    public int Cost => RoomCapacity + MinWorkingDays + Compactness + RoomStability;

    /// <summary>Measures from nothing.</summary>
    public static CourseScore Measure(CourseProblem problem, IReadOnlyList<Lecture> lectures)
    {
        var given = lectures.DistinctBy(l => (l.Course, l.Period)).ToList();
        var periodsOf = given.ToLookup(l => l.Course, l => l.Period);
        var missing = lectures.Count - given.Count + problem.Courses.Select((c, i) => Math.Abs(periodsOf[i].Count() - c.Lectures)).Sum();
        var conflicting = problem.Curricula.SelectMany(q => Pairs(q.Courses))
            .Concat(problem.Courses.Select((c, i) => (c.Teacher, Position: i)).GroupBy(x => x.Teacher, x => x.Position, StringComparer.Ordinal).SelectMany(g => Pairs([.. g])))
            .Distinct().Sum(p => periodsOf[p.Item1].Intersect(periodsOf[p.Item2]).Count());
        var unavailable = given.Count(l => problem.Unavailable[l.Course].Contains(l.Period));
        var clashes = given.GroupBy(l => (l.Room, l.Period)).Sum(g => g.Count() - 1);
        var seats = given.Sum(l => Math.Max(0, problem.Courses[l.Course].Students - problem.Rooms[l.Room].Seats));
        var days = problem.Courses.Select((c, i) => Math.Max(0, c.MinWorkingDays - periodsOf[i].Select(p => p / problem.PeriodsPerDay).Distinct().Count())).Sum();
        var isolated = 0;
        foreach (var curriculum in problem.Curricula)
        {
            var taken = curriculum.Courses.SelectMany(c => periodsOf[c]).ToList();
            var at = taken.ToHashSet();
            isolated += taken.Count(p => !(p % problem.PeriodsPerDay > 0 && at.Contains(p - 1)) && !(p % problem.PeriodsPerDay < problem.PeriodsPerDay - 1 && at.Contains(p + 1)));
        }
        var rooms = given.GroupBy(l => l.Course).Sum(g => g.Select(l => l.Room).Distinct().Count() - 1);
        return new CourseScore(missing, conflicting, unavailable, clashes, seats, 5 * days, 2 * isolated, rooms);
    }

    private static IEnumerable<(int, int)> Pairs(IReadOnlyList<int> courses)
        => courses.SelectMany(a => courses.Where(b => a < b).Select(b => (a, b)));
}
