using Tessera.Timetabling.Constraints;
using Tessera.Timetabling.Model;

namespace Tessera.Timetabling.Search;

/// <summary>Measures a timetable against all rules, from nothing.</summary>
public static class Scoring
{
    public static Score Measure(Timetable timetable) => Measure(new SchoolIndex(timetable.School), timetable);

    internal static Score Measure(SchoolIndex index, Timetable timetable)
    {
        var view = new TimetableView(index, timetable);
        var breaches = new List<Breach>();
        foreach (var rule in BuiltInRule.All) rule.Measure(view, breaches);
        foreach (var rule in index.School.Rules) rule.Measure(view, breaches);
        return new Score(breaches, index.School.Activities.Where(a => timetable.StartOf(a) < 0).Sum(a => a.Duration));
    }
}
