using Bogus;
using Microsoft.EntityFrameworkCore;
using Tessera.Kernel.Database;
using Tessera.Kernel.Identity;

namespace Tessera.Production;

/// <summary>One production of Northlight from idea to archive, as far as it has come by now.</summary>
internal sealed class NorthlightProject(PlatformDb db, Faker faker, DateTimeOffset now, DateOnly today, List<(DateTimeOffset At, User By, Action Change)> steps)
{
    private static readonly (string Type, string Title, CrewRole Role, int FromShoot, int Days, int Minutes)[] Work =
    [
        ("SCR", "Script, final draft", CrewRole.Director, -45, 20, 1_500), ("CAST", "Casting", CrewRole.Producer, -35, 14, 600), ("LOC", "Locations and permits", CrewRole.Producer, -30, 16, 540),
        ("LIGHT", "Lighting plan", CrewRole.Dop, -12, 8, 300), ("SHOOT", "Principal photography", CrewRole.Dop, 0, 4, 2_400), ("REC", "Sound on location", CrewRole.SoundRecordist, 0, 4, 2_100),
        ("EDIT", "Rough cut", CrewRole.Editor, 6, 14, 3_000), ("EDIT", "Fine cut", CrewRole.Editor, 21, 10, 1_800), ("SFX", "Sound design", CrewRole.SoundDesigner, 24, 14, 2_400), ("MUS", "Score", CrewRole.Composer, 18, 18, 1_500),
        ("GRADE", "Grade", CrewRole.Colourist, 34, 4, 720), ("MIX", "Final mix", CrewRole.Mixer, 36, 5, 960), ("MASTER", "Delivery master and subtitles", CrewRole.Editor, 44, 3, 300),
    ];

    private static readonly (string Type, string Title, CrewRole Role, int FromShoot, int Days, int Minutes)[] AudioWork =
    [
        ("SCR", "Concept and track list", CrewRole.Director, -25, 12, 600), ("LOC", "Stage and microphones booked", CrewRole.Producer, -14, 5, 120), ("REC", "Recording", CrewRole.SoundRecordist, 0, 5, 2_400),
        ("EDIT", "Editing and comping", CrewRole.Editor, 6, 12, 1_500), ("MIX", "Mix", CrewRole.Mixer, 18, 14, 2_400), ("MASTER", "Mastering", CrewRole.Mixer, 36, 4, 360),
    ];

    private readonly Guid _id = Guid.CreateVersion7();

    public void Make(
        int index, (string Title, ProjectType Type, ProjectMedium Medium) what, DateOnly delivery, List<(CrewRole Role, Student Student)> crew, User producer, User colleague, User admin, Dictionary<string, TaskType> types, Dictionary<string, WorkStatus> statuses)
    {
        var isAudio = what.Medium == ProjectMedium.Audio;
        var days = faker.Random.Int(2, 5);

        // A few shoots fall on weekends: actors have jobs, and streets are empty.
        var shoot = index is 46 or 47 ? today.AddDays(-1) : index % 9 == 4 ? NextSaturday(delivery.AddDays(-60)) : WorkDay(delivery.AddDays(-faker.Random.Int(52, 70)));
        var project = new Project
        {
            Id = _id,
            Code = $"{Prefix(what.Type)}-{AcademicYear(delivery)[2..4]}{index + 1:00}",
            Title = what.Title,
            Type = what.Type,
            Medium = what.Medium,
            Description = faker.PickRandom(NorthlightTitles.Loglines),
            Course = faker.PickRandom("Term project", "Graduation project", "Workshop", "Commission"),
            AcademicYear = AcademicYear(delivery),
            ProducerUserId = producer.Id,
            SupervisorUserId = producer.Id,
            ClientName = what.Type == ProjectType.Commercial ? what.Title.Split(':')[0] : null,
            Priority = faker.Random.WeightedRandom([ProjectPriority.Low, ProjectPriority.Normal, ProjectPriority.High, ProjectPriority.Urgent], [0.1f, 0.65f, 0.2f, 0.05f]),
            StartDate = shoot.AddDays(-50),
            ShootDate = shoot,
            ShootEndDate = shoot.AddDays(days - 1),
            ShootNote = faker.Random.Bool(0.3f) ? faker.PickRandom("Stage 2", "Harbour, early call", "Old town hall", "Day for night", "Kontor studio") : null,
            GradeDate = WorkDay(delivery.AddDays(-faker.Random.Int(11, 18))),
            MixDate = WorkDay(delivery.AddDays(-faker.Random.Int(8, 14))),
            DeliveryDate = delivery,
            Fps = isAudio ? null : faker.PickRandom("24", "25", "23.976"),
            Ratio = isAudio ? null : faker.PickRandom("1.85:1", "2.39:1", "16:9", "4:3"),
            Resolution = isAudio ? null : faker.PickRandom("4K DCI", "UHD", "2K DCI"),
            SampleRate = faker.PickRandom("48 kHz", "96 kHz"),
            LoudnessTarget = isAudio ? "-16 LUFS" : "-23 LUFS",
            BudgetAmount = faker.Random.Int(8, 90) * 1_000m,
            Currency = "DKK",
            Tags = faker.Random.Bool(0.3f) ? [faker.PickRandom("festival", "client", "portfolio", "co-production")] : [],
        };
        project.CodeKey = ProjectCodes.KeyOf(project.Code);
        project.MixEndDate = project.MixDate!.Value.AddDays(1);
        var born = At(shoot.AddDays(-55), 9);
        born = born > now ? now.AddDays(-faker.Random.Int(2, 20)) : born;
        steps.Add((born, producer, () =>
        {
            db.Add(project);
            db.AddRange(crew.Select((c, place) => new CrewMember { ProjectId = _id, StudentId = c.Student.Id, CrewRole = c.Role, IsLead = place == 0, CreditedAs = c.Student.FullName }));
            db.Add(new Milestone { ProjectId = _id, Key = "picture_lock", Name = "Picture lock", Date = WorkDay(delivery.AddDays(-21)), Color = "#2563EB" });
            db.Add(new Milestone { ProjectId = _id, Key = "premiere", Name = "Premiere", Date = delivery.AddDays(faker.Random.Int(7, 30)), Color = "#DB2777" });
        }
        ));
        var fate = (index % 17) switch { 7 => ProjectStatus.OnHold, 13 => ProjectStatus.Cancelled, _ => ProjectStatus.Archived };
        Advance(project, producer, fate, born, index % 6 == 5 ? faker.Random.Int(12, 40) : 0);
        if (index == 50)
        {
            AddDraft(project, producer);
        }

        AddWork(isAudio ? AudioWork : Work, shoot, delivery, crew, producer, types, statuses, born);
        if (delivery > today.AddDays(-14) && born < now.AddDays(-1))
        {
            NorthlightTalk.Add(db, index, project, producer, colleague, admin, born, now, steps);
        }

        if (index % 3 == 0)
        {
            AddBudget(project, producer, born);
        }
    }

    /// <summary>Through the stages at their dates; some are late, some wait, some are given up.</summary>
    private void Advance(Project project, User producer, ProjectStatus fate, DateTimeOffset born, int late)
    {
        var (shoot, delivery) = (project.ShootDate!.Value, project.DeliveryDate!.Value);
        Move(project, ProjectStatus.Planned, Later(born, At(shoot.AddDays(-48), 10)), producer);
        Move(project, ProjectStatus.PreProduction, Later(born, At(shoot.AddDays(-24), 10)), producer);
        if (fate is ProjectStatus.OnHold or ProjectStatus.Cancelled && delivery > today.AddDays(-60))
        {
            Move(project, fate, At(Earliest(shoot.AddDays(-10), today.AddDays(-3)), 15), producer);
            return;
        }

        Move(project, ProjectStatus.Shooting, At(shoot, 7), producer);
        var wrapped = project.ShootEndDate!.Value.AddDays(1);
        Move(project, ProjectStatus.PostProduction, At(wrapped, 9), producer, p => p.ShootDoneDate = wrapped.AddDays(-1));
        var graded = project.GradeDate!.Value.AddDays(faker.Random.Int(0, 3));
        Do(project, At(graded, 17), producer, p => p.GradeDoneDate = graded);
        var mixed = project.MixEndDate!.Value.AddDays(faker.Random.Int(0, 3));
        Do(project, At(mixed, 18), producer, p => p.MixDoneDate = mixed);
        var delivered = Later(At(delivery.AddDays(late - faker.Random.Int(0, 2)), 16), At(mixed, 19));
        Move(project, ProjectStatus.Delivered, delivered, producer, p => p.DeliveredAt = delivered.ToUniversalTime());
        if (delivery < today.AddDays(-120))
        {
            Move(project, ProjectStatus.Archived, delivered.AddDays(45), producer);
        }
    }

    private void AddWork(
        (string Type, string Title, CrewRole Role, int FromShoot, int Days, int Minutes)[] work, DateOnly shoot, DateOnly delivery, List<(CrewRole Role, Student Student)> crew, User producer,
        Dictionary<string, TaskType> types, Dictionary<string, WorkStatus> statuses, DateTimeOffset born)
    {
        for (var i = 0; i < work.Length; i++)
        {
            var (type, title, role, fromShoot, days, minutes) = work[i];
            var start = shoot.AddDays(fromShoot);
            var due = Earliest(start.AddDays(days), delivery);
            start = Earliest(start, due);
            var student = crew.Find(c => c.Role == role).Student ?? crew[i % crew.Count].Student;
            var task = new ProjectTask
            {
                ProjectId = _id,
                TaskTypeId = types[type].Id,
                Title = title,
                StatusId = statuses["TODO"].Id,
                AssigneeIds = [student.Id],
                AssigneeNames = [student.FullName],
                ResponsibleUserId = producer.Id,
                Start = start,
                Due = due,
                EstimateMin = minutes,
                Difficulty = faker.Random.Int(1, 5),
                Sort = (i + 1) * 10,
            };
            steps.Add((born.AddMinutes(5), producer, () => db.Add(task)));
            Perform(task, student, producer, statuses, Later(born, At(start, 9)), minutes);
        }
    }

    private void Perform(ProjectTask task, Student student, User producer, Dictionary<string, WorkStatus> statuses, DateTimeOffset begun, int minutes)
    {
        var slip = faker.Random.Bool(0.12f) ? faker.Random.Int(3, 30) : faker.Random.Int(-2, 0);
        var ended = Later(begun.AddHours(6), At(task.Due!.Value.AddDays(slip), 17));
        Do(task, begun, producer, t =>
        {
            t.StatusId = statuses["WIP"].Id;
            t.Completion = faker.Random.Int(10, 60);
        });
        if (faker.Random.Bool(0.2f))
        {
            Do(task, ended.AddHours(-30) > begun ? ended.AddHours(-30) : begun.AddMinutes(30), producer, t =>
            {
                t.StatusId = statuses["RETAKE"].Id;
                t.RetakeCount++;
                t.Completion = 70;
            });
        }
        else if (faker.Random.Bool(0.3f))
        {
            Do(task, ended.AddHours(-20) > begun ? ended.AddHours(-20) : begun.AddMinutes(30), producer, t =>
            {
                t.StatusId = statuses["WFA"].Id;
                t.Completion = 90;
            });
        }

        Do(task, ended, producer, t =>
        {
            t.StatusId = statuses["DONE"].Id;
            t.Completion = 100;
            t.DoneAt = ended.ToUniversalTime();
        });
        var sessions = faker.Random.Int(1, 3);
        for (var day = 0; day < sessions; day++)
        {
            var date = DateOnly.FromDateTime(begun.UtcDateTime).AddDays(day);
            var entry = new TimeEntry
            {
                TaskId = task.Id,
                ProjectId = _id,
                StudentId = student.Id,
                PersonName = student.FullName,
                Date = date,
                Minutes = Math.Clamp(minutes * faker.Random.Int(60, 120) / 100 / sessions / 15 * 15, 30, 600),
            };
            steps.Add((Later(begun, At(date, 19)), producer, () => db.Add(entry)));
        }
    }

    /// <summary>What if the shoot were two weeks later: a draft that waits to be compared.</summary>
    private void AddDraft(Project project, User producer)
    {
        var version = new ScheduleVersion { ProjectId = _id, Name = "Two weeks later", Note = "In case the harbour permit comes late." };
        var entries = ProjectStages.All.Select(stage => (stage, Dates: ProjectStages.Of(project, stage))).Select(s => new ScheduleEntry
        {
            VersionId = version.Id,
            Subject = ScheduleSubject.Stage,
            Stage = s.stage,
            Name = s.stage.ToString(),
            Start = s.Dates.Date!.Value.AddDays(14),
            End = s.Dates.EndDate?.AddDays(14),
        });
        steps.Add((now.AddDays(-1), producer, () =>
        {
            db.Add(version);
            db.AddRange(entries);
        }
        ));
    }

    private void AddBudget(Project project, User producer, DateTimeOffset born)
    {
        var first = new DateOnly(project.ShootDate!.Value.Year, project.ShootDate.Value.Month, 1);
        foreach (var (department, share) in ((Department, decimal)[])[(Department.Production, 0.2m), (Department.Camera, 0.35m), (Department.Sound, 0.15m), (Department.Art, 0.2m), (Department.Edit, 0.1m)])
        {
            var month = department == Department.Edit ? first.AddMonths(1) : first;
            var planned = decimal.Round(project.BudgetAmount!.Value * share, 0);
            steps.Add((born.AddMinutes(20), producer, () => db.Add(new BudgetLine
            {
                ProjectId = _id,
                Department = department,
                Month = month,
                PlannedAmount = planned,
                ActualAmount = month < today.AddDays(-20) ? decimal.Round(planned * faker.Random.Int(70, 118) / 100m, 2) : 0m,
                Currency = "DKK",
            })));
        }
    }

    private void Move(Project project, ProjectStatus status, DateTimeOffset at, User by, Action<Project>? also = null) => Do(project, at, by, p =>
    {
        p.StatusBeforeHold = status == ProjectStatus.OnHold ? p.Status : null;
        p.Status = status;
        also?.Invoke(p);
        db.Describe(p, "move_project");
    });

    /// <summary>A step that changes what an earlier one added. What is not saved yet is only made otherwise.</summary>
    private void Do<T>(T record, DateTimeOffset at, User by, Action<T> change)
        where T : TenantRecord => steps.Add((at, by, () =>
        {
            if (record.Version > 0 && db.Entry(record).State == EntityState.Detached)
            {
                db.Attach(record);
            }

            change(record);
        }
    ));

    private static DateTimeOffset At(DateOnly day, int hour) => new(day.ToDateTime(new TimeOnly(hour, 0)), TimeSpan.Zero);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateOnly Earliest(DateOnly one, DateOnly other) => one < other ? one : other;

    private static DateOnly WorkDay(DateOnly day) => day.DayOfWeek switch { DayOfWeek.Saturday => day.AddDays(-1), DayOfWeek.Sunday => day.AddDays(1), _ => day };

    private static DateOnly NextSaturday(DateOnly day) => day.AddDays((6 - (int)day.DayOfWeek + 7) % 7);

    private static string AcademicYear(DateOnly day)
    {
        var year = day.Month >= 9 ? day.Year : day.Year - 1;
        return $"{year}/{(year + 1) % 100:00}";
    }

    private static string Prefix(ProjectType type) => type switch
    {
        ProjectType.Documentary => "DOC",
        ProjectType.MusicVideo => "MV",
        ProjectType.Commercial => "COM",
        ProjectType.Podcast => "POD",
        ProjectType.Album => "ALB",
        ProjectType.LiveSession => "LIVE",
        ProjectType.GameAudio => "GAME",
        ProjectType.Other => "OTH",
        _ => "FILM",
    };
}
