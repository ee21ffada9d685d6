using Tessera.Timetabling.Model;
using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Constraints;

/// <summary>A lesson starts on this day, at this hour, or both; null means any. Unit: 1 when it starts elsewhere.</summary>
public sealed record PreferredStart(Activity Activity, int? Day, int? Hour) : Rule
{
    public override string Name => "ActivityPreferredStartingTime";
    public override string Describe() => $"{Activity} starts on day {(Day + 1)?.ToString() ?? "any"}, hour {(Hour + 1)?.ToString() ?? "any"}";
    internal override IEnumerable<Activity> Scope(SchoolIndex index) => [Activity];

    private int Amount(TimeGrid grid, int start) => (Day ?? grid.DayOf(start)) != grid.DayOf(start) || (Hour ?? grid.HourOf(start)) != grid.HourOf(start) ? 1 : 0;

    internal override void Measure(TimetableView view, List<Breach> breaches)
    {
        if (view.StartOf(Activity) >= 0) Report(breaches, Amount(view.Grid, view.StartOf(Activity)), Activity.ToString(), Activity);
    }

    internal override void Compile(ProblemBuilder problem) => problem.AddStartCost(this, Activity, start => Amount(problem.Index.Grid, start));
}
