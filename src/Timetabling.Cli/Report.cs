using Tessera.Timetabling.Model;
using Tessera.Timetabling.Model.Events;
using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Cli;

/// <summary>Scores in words.</summary>
internal static class Report
{
    public static void Score(Score score, bool hardOnly)
    {
        foreach (var (rule, hard, units, cost) in score.ByRule())
        {
            if (hard) Console.WriteLine($"hard {rule}: {units}");
            else if (!hardOnly) Console.WriteLine($"soft {rule}: {cost:F2} ({units} broken)");
        }
        foreach (var breach in score.Breaches.Where(b => b.Rule.IsHard).Take(50)) Console.WriteLine($"  {breach.Rule.Name}: {breach.Subject} ({breach.Amount}): {breach.Rule.Describe()}");
    }

    public static void Courses(CourseScore score)
    {
        Console.WriteLine($"{(score.Violations == 0 ? "complete" : "not complete")}: violations {score.Violations}, cost {score.Cost}");
        Console.WriteLine($"  missing lectures {score.MissingLectures}, conflicts {score.Conflicts}, unavailable {score.Unavailable}, room clashes {score.RoomClashes}");
        Console.WriteLine($"  room capacity {score.RoomCapacity}, working days {score.MinWorkingDays}, compactness {score.Compactness}, room stability {score.RoomStability}");
    }

    public static void Proofs(IReadOnlyList<string> proofs)
    {
        foreach (var proof in proofs) Console.WriteLine($"impossible: {proof}");
    }

    public static void Events(EventScore score, int most)
    {
        Console.WriteLine($"{(score.IsFeasible ? "complete" : "not complete")}: infeasibility {score.Infeasibility}, objective {score.Objective}");
        foreach (var (type, required, points, cost) in score.ByType()) Console.WriteLine($"  {(required ? "hard" : "soft")} {type}: {cost} (at {points} points)");
        foreach (var deviation in score.Deviations.Where(d => d.Constraint.Required).Take(most))
            Console.WriteLine($"    {deviation.Constraint.Type} {deviation.Constraint.Title}: {deviation.Subject} ({deviation.Amount})");
        foreach (var (subject, infeasibility, objective) in score.BySubject().Take(most)) Console.WriteLine($"  {subject}: hard {infeasibility}, soft {objective}");
    }

    public static void People(Score score, int most)
    {
        foreach (var (person, hard, cost) in score.ByPerson().Take(most)) Console.WriteLine($"  {person}: hard {hard}, soft {cost:F2}");
    }

    public static void Unplaced(IReadOnlyList<UnplacedLesson> unplaced)
    {
        foreach (var lesson in unplaced)
        {
            Console.WriteLine($"unplaced {lesson.Activity}");
            foreach (var (obstacle, starts) in lesson.Obstacles.Take(5)) Console.WriteLine($"  {starts} starts: {obstacle}");
        }
    }
}
