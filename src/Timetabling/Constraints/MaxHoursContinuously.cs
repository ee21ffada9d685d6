using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Constraints;

/// <summary>At most so many hours without a pause. Unit: an hour that continues a run too long.</summary>
public sealed record MaxHoursContinuously(Who Who, int MaxHours) : PersonRule(Who)
{
    private protected override string Kind => "MaxHoursContinuously";
    public override string Describe() => $"{Who}: at most {Count(MaxHours, "hour")} in a row";

    private protected override int Amount(TimetableView view, PersonWeek week)
        => SumOverDays(view, d => Runs.HoursBeyond(week.Busy[d], view.Grid.HoursPerDay, MaxHours));

    internal override void Compile(ProblemBuilder problem) => problem.AddTerm(this, Who, TermKind.MaxRun, MaxHours);
}
