using Tessera.Timetabling.Search;

namespace Tessera.Timetabling.Constraints;

/// <summary>A day begins in its first open hour, on at most so many days in the second. Unit: a missed open hour beyond the second, or a day beginning second too often; hours still to place may fill them.</summary>
public sealed record MaxLateBeginnings(Who Who, int MaxAtSecondHour) : PersonRule(Who)
{
    private protected override string Kind => "EarlyMaxBeginningsAtSecondHour";
    public override string Describe() => $"{Who}: begins in the second hour on at most {Count(MaxAtSecondHour, "day")}, never later";

    private protected override int Amount(TimetableView view, PersonWeek week)
        => Beyond(Late(view, week), week.UnplacedHours);

    private int Late(TimetableView view, PersonWeek week)
    {
        var missed = Enumerable.Range(0, view.Grid.DayCount).Where(d => week.Busy[d] != 0).Select(week.OpenHoursBeforeFirst).ToList();
        return missed.Sum(m => Math.Max(0, m - 1)) + Beyond(missed.Count(m => m == 1), MaxAtSecondHour);
    }

    internal override void Compile(ProblemBuilder problem) => problem.AddTerm(this, Who, TermKind.LateBeginnings, MaxAtSecondHour);
}
