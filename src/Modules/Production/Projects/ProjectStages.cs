using System.Diagnostics;
using Tessera.Kernel.Records;

namespace Tessera.Production;

/// <summary>What is planned and what happened at one stage.</summary>
/// <param name="Date">First day; null when nothing is planned.</param>
/// <param name="EndDate">Last day, where it takes several.</param>
internal sealed record StageDates(DateOnly? Date, DateOnly? EndDate)
{
    public DateOnly? Last => EndDate ?? Date;
}

/// <summary>The four stages of a project by name, for rules that are the same for all.</summary>
internal static class ProjectStages
{
    public static readonly IReadOnlyList<Stage> All = Enum.GetValues<Stage>();

    /// <summary>The input's field: <c>shootDate</c>.</summary>
    public static string FieldOf(Stage stage) => Words.Of(stage) + "Date";

    public static string NameOf(Stage stage) => stage switch { Stage.Shoot => "The shoot", Stage.Grade => "The grade", Stage.Mix => "The mix", _ => "The delivery" };

    public static StageDates Of(Project project, Stage stage) => stage switch
    {
        Stage.Shoot => new(project.ShootDate, project.ShootEndDate),
        Stage.Grade => new(project.GradeDate, project.GradeEndDate),
        Stage.Mix => new(project.MixDate, project.MixEndDate),
        Stage.Delivery => new(project.DeliveryDate, project.DeliveryEndDate),
        _ => throw new UnreachableException(),
    };

    public static StageDates Of(ProjectRow project, Stage stage) => stage switch
    {
        Stage.Shoot => new(project.ShootDate, project.ShootEndDate),
        Stage.Grade => new(project.GradeDate, project.GradeEndDate),
        Stage.Mix => new(project.MixDate, project.MixEndDate),
        Stage.Delivery => new(project.DeliveryDate, project.DeliveryEndDate),
        _ => throw new UnreachableException(),
    };

    public static void Plan(Project project, Stage stage, StageDates dates)
    {
        switch (stage)
        {
            case Stage.Shoot:
                (project.ShootDate, project.ShootEndDate) = (dates.Date, dates.EndDate);
                break;
            case Stage.Grade:
                (project.GradeDate, project.GradeEndDate) = (dates.Date, dates.EndDate);
                break;
            case Stage.Mix:
                (project.MixDate, project.MixEndDate) = (dates.Date, dates.EndDate);
                break;
            case Stage.Delivery:
                (project.DeliveryDate, project.DeliveryEndDate) = (dates.Date, dates.EndDate);
                break;
            default:
                throw new UnreachableException();
        }
    }

    public static DateOnly? DoneOn(Project project, Stage stage) => stage switch
    {
        Stage.Shoot => project.ShootDoneDate,
        Stage.Grade => project.GradeDoneDate,
        Stage.Mix => project.MixDoneDate,
        _ => null,
    };

    /// <summary>When the stage was really over; a delivery is over when the project is delivered, so it has no such date of its own.</summary>
    public static void Finish(Project project, Stage stage, DateOnly? date)
    {
        switch (stage)
        {
            case Stage.Shoot:
                project.ShootDoneDate = date;
                break;
            case Stage.Grade:
                project.GradeDoneDate = date;
                break;
            case Stage.Mix:
                project.MixDoneDate = date;
                break;
            default:
                throw new UnreachableException();
        }
    }
}
