namespace Tessera.Testing;

/// <summary>First steps that many tests take at a recruiting desk.</summary>
public static class RecruitingSteps
{
    public static async Task<Answer> AddCandidateAsync(this Client person, string? fullName = null, string? email = null, string? phone = null) =>
        (await person.Post("recruiting/candidates", new { fullName = fullName ?? Api.NewName(), email = email ?? Api.NewEmail(), phone })).Must(201);

    /// <summary>Asks for an interview of an hour; the answer may be a refusal.</summary>
    public static Task<Answer> ScheduleAsync(this Client person, Guid candidateId, string interviewer, DateTimeOffset at, int minutes = 60, bool allowDoubleBooking = false) =>
        person.Post("recruiting/interviews", new { candidateId, interviewerName = interviewer, scheduledAt = at, durationMins = minutes, allowDoubleBooking });
}
