using Tessera.Kernel.Records;
using Tessera.Kernel.Web;

namespace Tessera.Production;

/// <summary>What the dates of a project owe each other. Grade and mix run side by side, so nothing is asked of those two.</summary>
internal static class ProjectDates
{
    /// <summary>What cannot be: a stage that ends before it begins, or after the delivery.</summary>
    public static Refusal? Fault(Project project)
    {
        var errors = new Dictionary<string, string[]>(StringComparer.Ordinal);
        var delivery = ProjectStages.Of(project, Stage.Delivery);
        foreach (var stage in ProjectStages.All)
        {
            var (first, last) = ProjectStages.Of(project, stage);
            var endField = Words.Of(stage) + "EndDate";
            if (last is not null && first is null)
            {
                errors[endField] = ["An end needs a beginning."];
            }
            else if (last < first)
            {
                errors[endField] = [$"{ProjectStages.NameOf(stage)} cannot end before it begins."];
            }

            if (stage == Stage.Delivery || delivery.Date is not { } due)
            {
                continue;
            }

            if (first > due)
            {
                errors[ProjectStages.FieldOf(stage)] = [$"{ProjectStages.NameOf(stage)} cannot be after the delivery on {due:yyyy-MM-dd}."];
            }
            else if (last > delivery.Last)
            {
                errors[endField] = [$"{ProjectStages.NameOf(stage)} cannot end after the delivery on {delivery.Last:yyyy-MM-dd}."];
            }
        }

        return errors.Count == 0 ? null : Refusals.Invalid(errors);
    }

    /// <summary>Nothing was over tomorrow.</summary>
    public static Refusal? DoneFault(Project project, DateOnly today)
    {
        foreach (var stage in ProjectStages.All)
        {
            if (ProjectStages.DoneOn(project, stage) > today)
            {
                return Refusals.Invalid(Words.Of(stage) + "DoneDate", "That day is still to come.");
            }
        }

        return null;
    }

    /// <summary>What is worth a second look, as long as the project is open, and of stages that are still to come: nobody plans the past anew.</summary>
    public static IReadOnlyList<Warning> Warnings(ProjectRow project, WorkCalendar calendar)
    {
        if (!ProjectMoves.IsOpen(project.Status))
        {
            return [];
        }

        var warnings = new List<Warning>();
        if (project.GradeDate < project.ShootDate)
        {
            warnings.Add(new Warning("grade_before_shoot", "The grade is planned before the shoot.", "gradeDate"));
        }

        if (project.MixDate < project.ShootDate)
        {
            warnings.Add(new Warning("mix_before_shoot", "The mix is planned before the shoot.", "mixDate"));
        }

        foreach (var stage in ProjectStages.All.Where(stage => !IsDone(project, stage)))
        {
            var (first, last) = ProjectStages.Of(project, stage);
            warnings.AddRange(new[]
            {
                calendar.Collision(first, ProjectStages.FieldOf(stage), ProjectStages.NameOf(stage)),
                calendar.Collision(last, Words.Of(stage) + "EndDate", $"The end of {char.ToLowerInvariant(ProjectStages.NameOf(stage)[0])}{ProjectStages.NameOf(stage)[1..]}"),
            }.OfType<Warning>());
        }

        return warnings;
    }

    private static bool IsDone(ProjectRow project, Stage stage) => stage switch
    {
        Stage.Shoot => project.ShootDoneDate is not null,
        Stage.Grade => project.GradeDoneDate is not null,
        Stage.Mix => project.MixDoneDate is not null,
        _ => false,
    };

    /// <summary>The same days later or earlier; null beyond the calendar's ends.</summary>
    public static StageDates? Shifted(StageDates planned, int days)
    {
        if (planned.Date is not { } first)
        {
            return planned;
        }

        var (from, to) = (first.DayNumber + (long)days, (planned.EndDate ?? first).DayNumber + (long)days);
        return from < DateOnly.MinValue.DayNumber || to > DateOnly.MaxValue.DayNumber ? null : new StageDates(first.AddDays(days), planned.EndDate?.AddDays(days));
    }

    /// <summary>The last day of what is as long as <paramref name="planned"/> and begins on <paramref name="first"/>; null for a single day.</summary>
    public static DateOnly? LastDay(StageDates planned, DateOnly first) =>
        planned is { Date: { } was, EndDate: { } until } && (long)first.DayNumber + until.DayNumber - was.DayNumber <= DateOnly.MaxValue.DayNumber ? first.AddDays(until.DayNumber - was.DayNumber) : null;

    /// <summary>Delivery has passed and nobody delivered: derived, never stored.</summary>
    public static bool IsOverdue(ProjectStatus status, StageDates delivery, DateOnly today) => ProjectMoves.IsOpen(status) && delivery.Last < today;
}
