using Tessera.Kernel.Database;
using Tessera.Kernel.Tenancy;

namespace Tessera.Production;

/// <summary>What a new workspace starts with: the statuses and kinds of work most schools use, to be changed as they like.</summary>
internal sealed class StandardLists : ITenantStart
{
    public string Module => ProductionModule.ModuleKey;

    public void Begin(PlatformDb db)
    {
        db.AddRange(Statuses());
        db.AddRange(Types());
    }

    private static IEnumerable<WorkStatus> Statuses()
    {
        WorkStatus[] statuses =
        [
            new() { Name = "To do", ShortName = "TODO", Color = "#8A94A6", IsDefault = true },
            new() { Name = "Ready", ShortName = "READY", Color = "#B9812A" },
            new() { Name = "Work in progress", ShortName = "WIP", Color = "#2F6FED", IsWip = true },
            new() { Name = "Waiting for approval", ShortName = "WFA", Color = "#8B5CF6", IsFeedbackRequest = true, ClientVisible = true },
            new() { Name = "Retake", ShortName = "RETAKE", Color = "#D6453D", IsRetake = true },
            new() { Name = "Done", ShortName = "DONE", Color = "#1F9D61", IsDone = true, ClientVisible = true },
        ];
        return statuses.Select((status, index) =>
        {
            status.NameKey = status.Name.ToLowerInvariant();
            status.Sort = (index + 1) * 10;
            return status;
        });
    }

    private static IEnumerable<TaskType> Types()
    {
        (string Name, string Short, string Color, Department Department)[] types =
        [
            ("Script", "SCR", "#6B7280", Department.Production),
            ("Casting", "CAST", "#A16207", Department.Production),
            ("Location scouting", "LOC", "#4D7C0F", Department.Production),
            ("Shooting", "SHOOT", "#B45309", Department.Camera),
            ("Lighting", "LIGHT", "#CA8A04", Department.Light),
            ("Sound recording", "REC", "#0E7490", Department.Sound),
            ("Edit", "EDIT", "#2563EB", Department.Edit),
            ("Colour grading", "GRADE", "#9333EA", Department.Colour),
            ("Sound design", "SFX", "#0891B2", Department.Sound),
            ("Music", "MUS", "#DB2777", Department.Music),
            ("Mixing", "MIX", "#0F766E", Department.Mix),
            ("Delivery master", "MASTER", "#15803D", Department.Edit),
        ];
        return types.Select((type, index) => new TaskType
        {
            Name = type.Name,
            NameKey = type.Name.ToLowerInvariant(),
            ShortName = type.Short,
            Color = type.Color,
            Department = type.Department,
            Sort = (index + 1) * 10,
        });
    }
}
