using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Constraints;

/// <summary>At most so many hours of lessons with a tag without a pause. Unit: an hour that continues a run too long.</summary>
public sealed record TagMaxHoursContinuously(Who Who, string Tag, int MaxHours) : PersonRule(Who)
{
    private protected override string Kind => "ActivityTagMaxHoursContinuously";
    public override string Describe() => $"{Who}: at most {Count(MaxHours, "hour")} of {Tag} in a row";

    private protected override int Amount(TimetableView view, PersonWeek week)
        => SumOverDays(view, d => Runs.HoursBeyond(week.Busy[d], view.Grid.HoursPerDay, MaxHours));

    private protected override PersonWeek WeekOf(TimetableView view, PersonIndex person) => view.Week(person, Tag);

    internal override void Compile(ProblemBuilder problem) => problem.AddTerm(this, Who, TermKind.MaxRun, MaxHours, tag: Tag);
}
