using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Search;

/// <summary>Proofs, without search, that a course problem has no timetable without violations.</summary>
public static class CourseCertificates
{
    /// <summary>Each proof in plain words; none when nothing was found.</summary>
    public static IReadOnlyList<string> Find(CourseProblem problem)
    {
        var proofs = new List<string>();
        for (var c = 0; c < problem.Courses.Count; c++)
        {
            var open = problem.Periods - problem.Unavailable[c].Count;
            if (problem.Courses[c].Lectures > open) proofs.Add($"course {problem.Courses[c].Name} has {problem.Courses[c].Lectures} lectures and {open} periods in which it can be taught");
        }
        foreach (var teacher in problem.Courses.Select((course, position) => (course.Teacher, position)).GroupBy(x => x.Teacher, x => x.position, StringComparer.Ordinal))
            Crowded($"teacher {teacher.Key}", [.. teacher], 1);
        foreach (var curriculum in problem.Curricula) Crowded($"curriculum {curriculum.Name}", curriculum.Courses, 1);
        Crowded($"the {problem.Rooms.Count} rooms", [.. Enumerable.Range(0, problem.Courses.Count)], problem.Rooms.Count);
        return proofs;

        // Lectures that cannot all get periods of which each takes so many.
        void Crowded(string who, IReadOnlyList<int> courses, int perPeriod)
        {
            int[] lectures = [.. courses.SelectMany(c => Enumerable.Repeat(c, problem.Courses[c].Lectures))];
            var capacity = new int[problem.Periods];
            Array.Fill(capacity, perPeriod);
            if (Matching.FindDeficit(lectures.Length, problem.Periods, (l, p) => !problem.Unavailable[lectures[l]].Contains(p), capacity) is not { } stuck) return;
            int[] involved = [.. stuck.Select(l => lectures[l]).Distinct().Order()];
            // One course alone is named above.
            if (involved.Length == 1) return;
            var reach = Enumerable.Range(0, problem.Periods).Count(p => involved.Any(c => !problem.Unavailable[c].Contains(p)));
            proofs.Add($"{who}: {stuck.Count} lectures of {string.Join(", ", involved.Take(6).Select(c => problem.Courses[c].Name))}{(involved.Length > 6 ? " …" : "")} have only {reach} periods{(perPeriod > 1 ? $" of {perPeriod} lectures" : "")}");
        }
    }
}
